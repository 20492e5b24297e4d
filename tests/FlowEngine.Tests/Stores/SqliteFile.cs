using FlowEngine.Engine;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests.Stores;

/// <summary>A migrated database file in a folder of its own, gone with the test.</summary>
public sealed class SqliteFile : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flowengine-");
    private ServiceProvider services;

    private readonly Ids ids;

    private SqliteFile(Ids ids)
    {
        this.ids = ids;
        services = Build();
    }

    public string Path => System.IO.Path.Combine(folder.FullName, "flowengine.db");

    public SqliteTurnStore Store => Get<SqliteTurnStore>();

    public static async Task<SqliteFile> Create(Ids? ids = null)
    {
        var file = new SqliteFile(ids ?? Ids.Seeded(new FakeTimeProvider(), seed: 1));
        await MigratedFile.CopyTo(file.Path);
        await file.services.GetRequiredService<IDatabaseStart>().Run(CancellationToken.None);
        return file;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public FlowEngineContext Open() => services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContext();

    /// <summary>The turn store of another node on the same file, as there is none outside of tests.</summary>
    public SqliteTurnStore On(NodeId node) => ActivatorUtilities.CreateInstance<SqliteTurnStore>(services, Path, node);

    /// <summary>The files as a killed process leaves them, opened by another one.</summary>
    public async Task<SqliteFile> Crash()
    {
        var left = new SqliteFile(ids);
        foreach (var part in new[] { "", "-wal" })
        {
            File.Copy(Path + part, left.Path + part);
        }

        await left.services.GetRequiredService<IDatabaseStart>().Run(CancellationToken.None);
        return left;
    }

    /// <summary>An orderly end and a new start on the same file.</summary>
    public async Task Restart()
    {
        await Close();
        services = Build();
        await services.GetRequiredService<IDatabaseStart>().Run(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        folder.Delete(recursive: true);
    }

    private async Task Close()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    private ServiceProvider Build() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(ids)
        .AddFlowEnginePersistence(null, Path)
        .BuildServiceProvider();
}
