using FlowEngine.Server.Persistence.Postgres;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace FlowEngine.Server.Jobs;

/// <summary>Where Hangfire keeps its jobs. It may be lost at any moment: what is due stands in our own tables.</summary>
internal static class JobStorageSetup
{
    /// <summary>
    /// In memory beside the embedded database, which one process uses alone; else in a schema of its own of the same PostgreSQL database. A worker that
    /// dies gives its job back a minute after its last sign of life, and one that works longer keeps it.
    /// </summary>
    public static JobStorage Open(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(3) });
        }

        var options = new PostgreSqlStorageOptions
        {
            SchemaName = PostgresStart.JobSchema,
            PrepareSchemaIfNecessary = false,
            EnableLongPolling = true,
            QueuePollInterval = TimeSpan.FromSeconds(2),
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = TimeSpan.FromMinutes(1),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(connectionString, options), options);
    }

    public static bool IsEmbedded(JobStorage storage) => storage is InMemoryStorage;
}
