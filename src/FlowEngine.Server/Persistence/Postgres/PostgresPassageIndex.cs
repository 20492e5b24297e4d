using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>A GIN index over the passages' stems as lexemes; no text search configuration has a part in it.</summary>
public sealed class PostgresPassageIndex : PassageIndex
{
    /// <summary>
    /// The statistics know nothing of beginnings of lexemes, so that the planner takes any of them for common and reads the whole table. The
    /// connection stays the context's until that ends, and its pool resets it.
    /// </summary>
    internal const string PreferIndexSql = "SET enable_seqscan = off";

    internal const string CountSql = """SELECT count(*)::int AS "Value" FROM (SELECT 1 FROM passage WHERE search @@ {0}::tsquery LIMIT {1}) AS held""";

    // What is held is found first: a plan that walked the table in its order until enough fits would read all of it for a rare word.
    internal const string FindSql =
        """
        WITH held AS MATERIALIZED (SELECT seq FROM passage WHERE search @@ {0}::tsquery)
        SELECT p.* FROM (SELECT seq FROM held ORDER BY seq LIMIT {1}) AS first JOIN passage p ON p.seq = first.seq
        """;

    public override async Task<IReadOnlyList<int>> Count(FlowEngineContext db, IReadOnlyList<string> beginnings, int most, CancellationToken cancel)
    {
        await PreferIndex(db, cancel);
        var counts = new int[beginnings.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = (await db.Database.SqlQueryRaw<int>(CountSql, Match([beginnings[i]]), most).ToListAsync(cancel))[0];
        }

        return counts;
    }

    public override async Task<IReadOnlyList<StoredPassage>> Find(FlowEngineContext db, IReadOnlyList<IReadOnlyList<string>> choices, int most, CancellationToken cancel)
    {
        await PreferIndex(db, cancel);
        return await db.Passages.FromSqlRaw(FindSql, string.Join(" | ", choices.Select(Match)), most).AsNoTracking().ToListAsync(cancel);
    }

    private static async Task PreferIndex(FlowEngineContext db, CancellationToken cancel)
    {
        if (db.Database.GetDbConnection().State != System.Data.ConnectionState.Open)
        {
            await db.Database.OpenConnectionAsync(cancel);
            await db.Database.ExecuteSqlRawAsync(PreferIndexSql, cancel);
        }
    }

    /// <summary>A tsquery for: a lexeme with each of these beginnings.</summary>
    private static string Match(IReadOnlyList<string> beginnings) => $"({string.Join(" & ", beginnings.Select(b => $"'{Checked(b)}':*"))})";
}
