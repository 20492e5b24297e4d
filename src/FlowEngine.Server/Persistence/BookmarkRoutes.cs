using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence;

/// <summary>The routes with placeholders at which runs wait for requests.</summary>
internal static class BookmarkRoutes
{
    // From one distinct value to the next: as many look-ups in the index as there are routes, however many runs wait at each. For both databases.
    internal const string DistinctSql =
        """
        WITH RECURSIVE r(route) AS (
          SELECT min(route) FROM bookmark WHERE route IS NOT NULL
          UNION ALL
          SELECT (SELECT min(b.route) FROM bookmark b WHERE b.route > r.route) FROM r WHERE r.route IS NOT NULL)
        SELECT route AS "Value" FROM r WHERE route IS NOT NULL
        """;

    public static Task<List<string>> Distinct(FlowEngineContext context, CancellationToken cancel) => context.Database.SqlQueryRaw<string>(DistinctSql).ToListAsync(cancel);
}
