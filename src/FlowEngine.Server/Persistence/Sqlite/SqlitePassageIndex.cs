using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>FTS5 over the passages' stems.</summary>
public sealed class SqlitePassageIndex : PassageIndex
{
    internal const string CountSql = "SELECT count(*) AS Value FROM (SELECT 1 FROM passage_index WHERE passage_index MATCH {0} LIMIT {1})";

    // The index gives its rows in the order of their numbers, so that the limit ends the search early.
    internal const string FindSql =
        """
        SELECT p.* FROM passage_index i CROSS JOIN passage p ON p.seq = i.rowid
        WHERE i.passage_index MATCH {0} ORDER BY i.rowid LIMIT {1}
        """;

    public override async Task<IReadOnlyList<int>> Count(FlowEngineContext db, IReadOnlyList<string> beginnings, int most, CancellationToken cancel)
    {
        var counts = new int[beginnings.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = (await db.Database.SqlQueryRaw<int>(CountSql, Match([beginnings[i]]), most).ToListAsync(cancel))[0];
        }

        return counts;
    }

    public override async Task<IReadOnlyList<StoredPassage>> Find(FlowEngineContext db, IReadOnlyList<IReadOnlyList<string>> choices, int most, CancellationToken cancel) =>
        await db.Passages.FromSqlRaw(FindSql, string.Join(" OR ", choices.Select(Match)), most).AsNoTracking().ToListAsync(cancel);

    /// <summary>FTS5's words for: a term with each of these beginnings.</summary>
    private static string Match(IReadOnlyList<string> beginnings) => $"({string.Join(" AND ", beginnings.Select(b => $"\"{Checked(b)}\"*"))})";
}
