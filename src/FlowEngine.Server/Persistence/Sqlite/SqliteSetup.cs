using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>How the file is opened, by everyone the same.</summary>
internal static class SqliteSetup
{
    /// <summary>How long a writer waits for the file's lock; only a backstop behind <see cref="WriteGate"/>.</summary>
    public const int BusySeconds = 30;

    public static string ConnectionString(string file, bool pooled = true) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Pooling = pooled,
        DefaultTimeout = BusySeconds,
        ForeignKeys = true,
    }.ToString();

    public static void Configure(DbContextOptionsBuilder options, string file) => options
        .UseSqlite(ConnectionString(file), sqlite => sqlite.MigrationsHistoryTable("schema_migration"))
        .UseSnakeCaseNamingConvention();
}
