using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>
/// Makes the database ready before anything else uses it: the folder, the lock on it, write-ahead logging and the migrations.
/// The lock is kept until this is disposed, which the host does last.
/// </summary>
public sealed class SqliteStart(IDbContextFactory<SqliteContext> contexts, string file) : IDatabaseStart, IDisposable
{
    private DataFolderLock? held;

    /// <exception cref="DataFolderInUseException">When another process uses the folder.</exception>
    public async Task Run(CancellationToken cancel, Func<CancellationToken, Task>? seed = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        held ??= DataFolderLock.Take(folder);

        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancel);

        // A process that died while migrating leaves EF's own lock behind, and EF would wait for it for ever. We hold the folder.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancel);
        await db.Database.MigrateAsync(cancel);

        // We hold the folder, so whoever held leases is dead, however young its heartbeat is.
        await db.Nodes.ExecuteDeleteAsync(cancel);
        await (seed?.Invoke(cancel) ?? Task.CompletedTask);
    }

    public void Dispose() => held?.Dispose();
}
