using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>Which of the books in this node's memory are older than the table's, and who lives.</summary>
internal sealed class BookVersions(NpgsqlDataSource source, IEnumerable<SharedBook> books, ILogger log)
{
    private const string Sql = "SELECT id, version, NULL::text FROM staff_version UNION ALL SELECT NULL, NULL, id FROM node";

    private readonly Dictionary<int, long> known = [];
    private HashSet<string> living = [];

    /// <summary>Reads again what has changed. True when a node is gone that lived at the last look.</summary>
    public async Task<bool> Look(CancellationToken cancel)
    {
        var (now, nodes) = await Read(cancel);
        foreach (var book in books.Where(b => now.TryGetValue(b.Number, out var version) && known.GetValueOrDefault(b.Number) != version))
        {
            // The version was read before the book: a change meanwhile makes the next look read it again.
            await book.Refresh(cancel);
            known[book.Number] = now[book.Number];
            log.LogDebug("Read {Book} again: a node has changed it", book.Name);
        }

        var gone = !living.IsSubsetOf(nodes);
        living = nodes;
        return gone;
    }

    private async Task<(Dictionary<int, long> Versions, HashSet<string> Nodes)> Read(CancellationToken cancel)
    {
        var (versions, nodes) = (new Dictionary<int, long>(), new HashSet<string>(StringComparer.Ordinal));
        await using var command = source.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (await row.IsDBNullAsync(2, cancel))
            {
                versions[row.GetInt32(0)] = row.GetInt64(1);
            }
            else
            {
                nodes.Add(row.GetString(2));
            }
        }

        return (versions, nodes);
    }
}
