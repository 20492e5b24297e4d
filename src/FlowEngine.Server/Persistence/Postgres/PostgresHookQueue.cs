using FlowEngine.Engine;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// The webhook calls that are owed, on PostgreSQL. Several nodes commit turns side by side, so that a place may appear behind one that was
/// read; within a conversation the mailbox's lock keeps the order of places that of the commits. Marks do not wait for the disk.
/// </summary>
public sealed class PostgresHookQueue(PostgresSources sources, NodeId node, TurnOptions options) : IHookQueue
{
    private const string Relaxed = "set_config('synchronous_commit', 'off', true) = 'off'";

    internal const string LeadSql =
        """
        INSERT INTO hook_pump (hook, node) VALUES ($1,$2) ON CONFLICT (hook) DO UPDATE SET node = excluded.node
        WHERE hook_pump.node <> excluded.node AND NOT EXISTS (SELECT FROM node n WHERE n.id = hook_pump.node AND n.seen_at >= $3)
        """;

    private const string LeaderSql = "SELECT node FROM hook_pump WHERE hook = $1";

    // Nothing for a node that has led: until it notices, it would make the calls of its successor a second time.
    internal const string ReadSql =
        """
        SELECT seq, id, conversation_id, type, body, at, attempts, next_at FROM hook_delivery
        WHERE hook = $1 AND state = 0 AND seq <> ALL ($2) AND EXISTS (SELECT FROM hook_pump p WHERE p.hook = $1 AND p.node = $4) ORDER BY seq LIMIT $3
        """;

    // A delivered body is of no use any more and may name a person, so that it goes; the row stays as evidence.
    internal const string MarkSql =
        $"""
        UPDATE hook_delivery SET state = $1, attempts = $2, next_at = $3, last_error = $4, body = CASE WHEN $1 = 1 THEN ''::bytea ELSE body END
        WHERE seq = $5 AND {Relaxed}
        """;

    private const string ForgetSql = "UPDATE hook_delivery SET state = 2, last_error = 'no longer configured' WHERE state = 0 AND hook >= $1";

    private readonly NpgsqlDataSource source = sources.HotPath;

    public async Task<bool> Lead(int hook, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(LeadSql).Bind(hook).Bind(node.Value).Bind(now - options.NodeDeadAfter);
        batch.Add(LeaderSql).Bind(hook);
        await using var rows = await batch.Read(cancel);
        return await rows.First(row => row.Text(), cancel) == node.Value;
    }

    /// <summary>Unknown and not needed: what is read is found by what is held.</summary>
    public Task<long?> FirstOwed(CancellationToken cancel) => Task.FromResult<long?>(null);

    public async Task<IReadOnlyList<OwedHook>> Read(int hook, long after, IReadOnlyCollection<long> held, int limit, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(ReadSql).Bind(hook).Bind(held.ToArray()).Bind(limit).Bind(node.Value);
        await using var rows = await batch.Read(cancel);
        return await rows.All(
            row => new OwedHook(row.Number(), row.Id(), row.Id(), row.Text(), row.Bytes(), row.Instant(), row.Int(), row.InstantOrNull()), cancel);
    }

    public async Task Mark(IReadOnlyList<HookMark> marks, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        foreach (var mark in marks)
        {
            batch.Add(MarkSql).Bind((int)mark.State).Bind(mark.Attempts).Bind(mark.NextAt).Bind(mark.Error).Bind(mark.Seq);
            if (mark.Incident is { } incident)
            {
                TrailColumns.Bind(batch.Add(CommitBatch.IncidentSql), incident);
            }
        }

        await batch.Run();
    }

    public async Task Forget(int hooks, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(ForgetSql).Bind(hooks);
        await batch.Run();
    }
}
