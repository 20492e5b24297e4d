using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>How the server is reached, by everyone the same.</summary>
internal static class PostgresSetup
{
    /// <summary>Connections of the turn store (decision 10): turns wait for the disk together, more of them would only wait for each other.</summary>
    public const int HotConnections = 8;

    private const int PreparedStatements = 100;

    public static string Screens(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "FlowEngine",
        MaxAutoPrepare = PreparedStatements,
    }.ToString();

    /// <summary>
    /// Every statement of the turn store has its index, whatever the statistics say on the first day, and is planned once.
    /// </summary>
    public static string HotPath(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "FlowEngine turns",
        MinPoolSize = 1,
        MaxPoolSize = HotConnections,
        MaxAutoPrepare = PreparedStatements,
        AutoPrepareMinUsages = 1,
        NoResetOnClose = true,
        Options = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off",
    }.ToString();

    /// <summary>A word to the others never waits for the disk, and a line that is dead is noticed though nothing is said on it.</summary>
    public static string News(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "FlowEngine news",
        MaxPoolSize = 4,
        KeepAlive = 10,
        NoResetOnClose = true,
        Options = "-c synchronous_commit=off",
    }.ToString();

    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => Named(options.UseNpgsql(source, Migrations));

    /// <summary>Without a server, for the tools.</summary>
    public static void Configure(DbContextOptionsBuilder options) => Named(options.UseNpgsql("Host=localhost", Migrations));

    private static void Migrations(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder postgres) =>
        postgres.MigrationsHistoryTable("schema_migration");

    private static void Named(DbContextOptionsBuilder options) => options.UseSnakeCaseNamingConvention();
}
