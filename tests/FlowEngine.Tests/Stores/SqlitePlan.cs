using Microsoft.Data.Sqlite;

namespace FlowEngine.Tests.Stores;

/// <summary>How SQLite would run a query of EF.</summary>
internal static class SqlitePlan
{
    private static readonly string[] SmallIndexes = ["ix_mailbox_event_orphan"];

    /// <summary>Indexes with a condition, which hold only the few rows that wait for something.</summary>
    public static bool IsSmallIndex(string step) => SmallIndexes.Any(step.Contains);

    public static async Task<IReadOnlyList<string>> Of(SqliteFile file, string query)
    {
        await using var connection = new SqliteConnection($"Data Source={file.Path};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();

        // EF writes its parameters above the query, in lines that SQLite's own shell understands.
        command.CommandText = "EXPLAIN QUERY PLAN " + string.Join('\n', query.Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal)));
        foreach (var name in query.Split('\n').Where(line => line.StartsWith(".param set ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]))
        {
            command.Parameters.AddWithValue(name, 1);
        }

        var steps = new List<string>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            steps.Add(row.GetString(3));
        }

        return steps;
    }
}
