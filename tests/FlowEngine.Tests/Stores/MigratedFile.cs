using FlowEngine.Engine;
using FlowEngine.Server.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Stores;

/// <summary>A SQLite file that has the schema, made once and copied for each test: all the migrations take longer than most tests.</summary>
internal static class MigratedFile
{
    private static readonly Lazy<Task<byte[]>> Content = new(Make);

    public static async Task CopyTo(string path) => await File.WriteAllBytesAsync(path, await Content.Value);

    private static async Task<byte[]> Make()
    {
        var folder = Directory.CreateTempSubdirectory("flowengine-");
        var path = Path.Combine(folder.FullName, "flowengine.db");
        await using (var services = new ServiceCollection().AddLogging().AddSingleton(Ids.Seeded(new FakeTimeProvider(), seed: 1)).AddFlowEnginePersistence(null, path).BuildServiceProvider())
        {
            await services.GetRequiredService<IDatabaseStart>().Run(CancellationToken.None);
        }

        SqliteConnection.ClearAllPools();
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            // Whatever is still in the log goes into the file, which alone is copied.
            await connection.OpenAsync();
            await using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync();
        }

        var content = await File.ReadAllBytesAsync(path);
        folder.Delete(recursive: true);
        return content;
    }
}
