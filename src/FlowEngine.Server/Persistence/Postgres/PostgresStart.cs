using Hangfire.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// Brings the schema to this version, one node at a time: the others wait at the lock, which the server takes back when its holder dies.
/// Functions and triggers are code and are made anew at each start; a migration only changes tables.
/// </summary>
public sealed class PostgresStart(IDbContextFactory<PostgresContext> contexts) : IDatabaseStart
{
    /// <summary>Where Hangfire keeps its jobs.</summary>
    public const string JobSchema = "hangfire";

    /// <summary>"FlowEngn" in ASCII.</summary>
    internal const long LockKey = 0x466C6F77456E676E;

    public async Task Run(CancellationToken cancel, Func<CancellationToken, Task>? seed = null)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Database.OpenConnectionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await Run(connection, $"SELECT pg_advisory_lock({LockKey})", cancel);
        try
        {
            await db.Database.MigrateAsync(cancel);
            await Run(connection, PostgresFunctions.All, cancel);
            PostgreSqlObjectsInstaller.Install(connection, JobSchema);
            await (seed?.Invoke(cancel) ?? Task.CompletedTask);
        }
        finally
        {
            await Run(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
