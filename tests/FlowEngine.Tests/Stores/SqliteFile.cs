using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FlowEngine.Tests.Stores;

/// <summary>A migrated database file in a folder of its own, gone with the test.</summary>
public sealed class SqliteFile : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flowengine-");
    private ServiceProvider services;

    private SqliteFile() => services = Build();

    public string Path => System.IO.Path.Combine(folder.FullName, "flowengine.db");

    public IServiceProvider Services => services;

    public static async Task<SqliteFile> Create()
    {
        var file = new SqliteFile();
        await file.services.GetRequiredService<DatabaseStart>().Run(CancellationToken.None);
        return file;
    }

    public FlowEngineContext Open() => services.GetRequiredService<IDbContextFactory<FlowEngineContext>>().CreateDbContext();

    /// <summary>What is left when the process is gone: only the file.</summary>
    public async Task Restart()
    {
        await Close();
        services = Build();
        await services.GetRequiredService<DatabaseStart>().Run(CancellationToken.None);
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

    private ServiceProvider Build() => new ServiceCollection().AddLogging().AddFlowEnginePersistence(Path).BuildServiceProvider();
}
