using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// The turn store on PostgreSQL, by hand-written prepared statements: each method is one round trip. The database must have been
/// started (<see cref="PostgresStart"/>). Several nodes may use it at once; what the one needs of the other it learns by
/// <see cref="PostgresFunctions.WakeChannel"/>, and by looking.
/// </summary>
public sealed class PostgresTurnStore : ITurnStore, IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly NodeId node;
    private readonly Ids ids;
    private readonly TurnOptions options;
    private readonly PostgresAppender appender;
    private readonly LoadBatch loads;
    private readonly TaskBatch tasks;
    private bool tookOver;

    public PostgresTurnStore(PostgresSources sources, NodeId node, Ids ids, TurnOptions options)
    {
        (source, this.node, this.ids, this.options) = (sources.HotPath, node, ids, options);
        appender = new PostgresAppender(source, node, ids);
        loads = new LoadBatch(source, node, new StaffReader(source), options.EventsPerTurn);
        tasks = new TaskBatch(source);
    }

    public ValueTask<IReadOnlyList<AppendResult>> Append(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) =>
        events.Count == 0 ? ValueTask.FromResult<IReadOnlyList<AppendResult>>([]) : new(appender.Append(events, now, Durability.Waits));

    public ValueTask<IReadOnlyList<AppendResult>> AppendAhead(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) =>
        events.Count == 0 ? ValueTask.FromResult<IReadOnlyList<AppendResult>>([]) : new(appender.Append(events, now, Durability.Ahead));

    public async ValueTask Secure(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) => await appender.Append(events, now, Durability.Secures);

    public async ValueTask<TurnLoad?> Load(Guid mailbox, DateTimeOffset now, CancellationToken cancel) => await loads.Load(mailbox, now, cancel);

    /// <summary>
    /// When the connection breaks, nobody knows whether it was written; the exception says so, and the next turn finds out from what is stored.
    /// </summary>
    public async ValueTask<bool> Commit(Checkpoint checkpoint, CancellationToken cancel)
    {
        try
        {
            return await Retry.Run(() => Write(checkpoint), connectionToo: false);
        }
        catch (PostgresException fence) when (fence.SqlState == PostgresFunctions.Fenced)
        {
            return false;
        }
    }

    public async ValueTask<bool> MarkCalling(Guid message, int attempt, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.MarkCallingSql).Bind(message).Bind(attempt);
        await using var rows = await batch.Read(cancel);
        return await rows.Next(cancel);
    }

    public async ValueTask<CommandOutcome?> FindOutcome(Guid eventId, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.OutcomeSql).Bind(eventId);
        await using var rows = await batch.Read(cancel);
        return await rows.First(row => row.TextOrNull(), cancel) is { } json ? TurnText.ReadOutcome(json) : null;
    }

    public async ValueTask<IReadOnlyList<Guid>> FindDue(DateTimeOffset now, int limit, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.MailboxesSql).Bind(now).Bind(node.Value).Bind(limit);
        await using var rows = await batch.Read(cancel);
        return await rows.All(row => row.Id(), cancel);
    }

    public async ValueTask<DateTimeOffset?> NextDueAt(DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.NextSql).Bind(now).Bind(node.Value);
        await using var rows = await batch.Read(cancel);
        return await rows.First(row => row.InstantOrNull(), cancel);
    }

    public async ValueTask Heartbeat(DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.HeartbeatSql).Bind(node.Value).Bind(now);
        await batch.Run();
    }

    public async ValueTask<(int Requeued, int Unknown)> TakeOver(DateTimeOffset now, DateTimeOffset unknownUntil, CancellationToken cancel)
    {
        var left = await Retry.Run(() => TakeOver(now, unknownUntil), connectionToo: true);
        tookOver = true;
        return left;
    }

    public async ValueTask<RunLoad?> LoadRun(Guid mailbox, DateTimeOffset now, CancellationToken cancel) => await loads.LoadRun(mailbox, now, cancel);

    public async ValueTask<RunLoad?> LoadWaiting(SignalTarget signal, DateTimeOffset now, CancellationToken cancel) => await loads.LoadWaiting(signal, now, cancel);

    public async ValueTask<Guid?> FindHolder(string claim, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.HolderSql).Bind(claim);
        await using var rows = await batch.Read(cancel);
        return await rows.First(row => row.IdOrNull(), cancel);
    }

    public async ValueTask<RunOutcome?> FindRunOutcome(Guid eventId, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.OutcomeSql).Bind(eventId);
        await using var rows = await batch.Read(cancel);
        return await rows.First(row => row.TextOrNull(), cancel) is { } json ? TurnText.ReadRunOutcome(json) : null;
    }

    public async ValueTask<int> DeliverKept(DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.DeliverKeptSql).Bind(node.Value).Bind(now);
        await using var rows = await batch.Read(cancel);
        return await rows.First(row => row.Int(), cancel);
    }

    public async ValueTask StandDown(CancellationToken cancel)
    {
        await appender.StopTakingLeases();
        await using var batch = new Batch(source);
        batch.Add(DueSql.StandDownSql).Bind(node.Value);
        await batch.Run();
    }

    public async ValueTask<InstanceRecord?> FindInstance(Guid instance, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.RunSql).Bind(instance);
        await using var rows = await batch.Read(cancel);
        return await rows.First(RunColumns.Read, cancel);
    }

    public ValueTask<IReadOnlyList<TakenTask>> TakeTasks(string by, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancel) =>
        tasks.Take(by, now, until, limit, cancel);

    public ValueTask<IReadOnlyList<Guid>> KeepTasks(string by, IReadOnlyList<Guid> tasks, DateTimeOffset until, CancellationToken cancel) =>
        this.tasks.Keep(by, tasks, until, cancel);

    public ValueTask<ThreadRead?> ReadThread(Guid mailbox, int messages, CancellationToken cancel) => tasks.Thread(mailbox, messages, cancel);

    public ValueTask DisposeAsync() => appender.DisposeAsync();

    private async Task<bool> Write(Checkpoint checkpoint)
    {
        await using var batch = new Batch(source);
        CommitBatch.Add(batch, node, ids, checkpoint);
        await batch.Run();
        return true;
    }

    private async Task<(int Requeued, int Unknown)> TakeOver(DateTimeOffset now, DateTimeOffset unknownUntil)
    {
        await using var batch = new Batch(source);
        batch.Add(DueSql.TakeOverSql).Bind(node.Value).Bind(now).Bind(now - options.NodeDeadAfter).Bind(unknownUntil).Bind(!tookOver);
        await using var rows = await batch.Read(CancellationToken.None);
        return await rows.First(row => (row.Int(), row.Int()), CancellationToken.None);
    }
}
