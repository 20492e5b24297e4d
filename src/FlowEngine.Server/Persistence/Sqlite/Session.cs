using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>A connection with its prepared statements, for one thread at a time.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection connection;

    // The texts are constants: the same text is the same object, and comparing them by reference costs nothing.
    private readonly Dictionary<string, Statement> statements = new(ReferenceEqualityComparer.Instance);

    private Session(SqliteConnection connection) => this.connection = connection;

    /// <summary>The writer's: a commit returns when the disk has it.</summary>
    public static Session Writing(string file) => Open(file, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864;");

    public static Session Reading(string file) => Open(file, "PRAGMA query_only = ON;");

    /// <param name="sql">A constant.</param>
    public Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statements.Add(sql, statement = new Statement(connection.Handle!, sql));
        }

        return statement;
    }

    /// <summary>
    /// Whether commits from now on wait for the disk. Without waiting they survive the death of the process but not of the machine
    /// (decision 11). It is the same connection, because the pages that it knows would be lost to another one's writes.
    /// </summary>
    public void WaitForDisk(bool wait) => raw.sqlite3_exec(connection.Handle, wait ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private static Session Open(string file, string pragmas)
    {
        var connection = new SqliteConnection(SqliteSetup.ConnectionString(file, pooled: false));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {SqliteSetup.BusySeconds * 1000}; PRAGMA temp_store = MEMORY; {pragmas}";
        command.ExecuteNonQuery();
        return new Session(connection);
    }
}
