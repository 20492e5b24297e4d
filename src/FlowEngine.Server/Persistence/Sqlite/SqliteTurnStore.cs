using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>
/// The turn store on SQLite, by hand-written prepared statements. Writes go through the one writer, reads run on the caller's thread
/// over connections of their own. The database must have been started (<see cref="SqliteStart"/>).
/// </summary>
public sealed class SqliteTurnStore : ITurnStore, IDisposable
{
    internal const string PendingSql =
        "SELECT id, payload, received_at, attempts, message_id FROM mailbox_event WHERE mailbox_id = ? AND state = 0 ORDER BY seq LIMIT ?";

    private const string OutcomeSql = "SELECT result FROM mailbox_event WHERE id = ?";

    private readonly SqliteWriter writer;
    private readonly SessionPool readers;
    private readonly PersonFinder people;
    private readonly StaffSql staff;
    private readonly NodeId node;
    private readonly TurnOptions options;
    private bool tookOver;
    private volatile bool standsDown;

    public SqliteTurnStore(string file, NodeId node, WriteGate gate, StaffBook staffBook, Ids ids, TurnOptions options, ILogger<SqliteTurnStore> log)
    {
        writer = new SqliteWriter(file, gate);
        readers = new SessionPool(file);
        people = new PersonFinder(ids, log);
        staff = new StaffSql(staffBook);
        this.node = node;
        this.options = options;
    }

    /// <summary>Commits that waited for the disk so far; a group of turns is one. Calling marks do not count (decision 11).</summary>
    public long Commits => writer.Commits;

    /// <summary>Connections that read for somebody at this moment.</summary>
    public int Reading => readers.Busy;

    public async ValueTask<IReadOnlyList<AppendResult>> Append(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) =>
        await writer.Write<IReadOnlyList<AppendResult>>(session => Append(session, events, now));

    public async ValueTask<IReadOnlyList<AppendResult>> AppendAhead(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) =>
        await writer.Mark<IReadOnlyList<AppendResult>>(session => Append(session, events, now));

    public async ValueTask Secure(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) =>
        await writer.Write(session =>
        {
            var results = Append(session, events, now);
            foreach (var appended in events)
            {
                // A transaction that writes nothing would not wait for the disk.
                session.Prepare(AppendSql.TouchSql).Bind(appended.Id).Bind(appended.DedupeKey).Run();
            }

            return results;
        });

    public ValueTask<TurnLoad?> Load(Guid mailbox, DateTimeOffset now, CancellationToken cancel) =>
        ValueTask.FromResult(readers.Read((Store: this, mailbox, now), static (session, asked) => asked.Store.Load(session, asked.mailbox, asked.now)));

    public async ValueTask<bool> Commit(Checkpoint checkpoint, CancellationToken cancel) =>
        await writer.Write(session => CommitSql.Commit(session, people, node, checkpoint));

    public async ValueTask<bool> MarkCalling(Guid message, int attempt, CancellationToken cancel) =>
        await writer.Mark(session => DueSql.MarkCalling(session, message, attempt));

    public ValueTask<CommandOutcome?> FindOutcome(Guid eventId, CancellationToken cancel) =>
        ValueTask.FromResult(readers.Read(eventId, static (session, id) =>
            session.Prepare(OutcomeSql).Bind(id).First(row => row.TextOrNull()) is { } json ? TurnText.ReadOutcome(json) : null));

    public ValueTask<IReadOnlyList<Guid>> FindDue(DateTimeOffset now, int limit, CancellationToken cancel) =>
        ValueTask.FromResult<IReadOnlyList<Guid>>(readers.Read((node, now, limit), static (session, asked) => DueSql.Mailboxes(session, asked.node, asked.now, asked.limit)));

    public ValueTask<DateTimeOffset?> NextDueAt(DateTimeOffset now, CancellationToken cancel) =>
        ValueTask.FromResult(readers.Read((node, now), static (session, asked) => DueSql.Next(session, asked.node, asked.now)));

    public async ValueTask Heartbeat(DateTimeOffset now, CancellationToken cancel) => await writer.Mark(session => DueSql.Heartbeat(session, node, now));

    public async ValueTask<(int Requeued, int Unknown)> TakeOver(DateTimeOffset now, DateTimeOffset unknownUntil, CancellationToken cancel)
    {
        var left = await writer.Write(session => DueSql.TakeOver(session, node, now, now - options.NodeDeadAfter, unknownUntil, first: !tookOver));
        tookOver = true;
        return left;
    }

    public ValueTask<RunLoad?> LoadRun(Guid mailbox, DateTimeOffset now, CancellationToken cancel) =>
        ValueTask.FromResult(readers.Read((Store: this, mailbox, now), static (session, asked) => asked.Store.LoadRun(session, asked.mailbox, asked.now)));

    public ValueTask<RunLoad?> LoadWaiting(SignalTarget signal, DateTimeOffset now, CancellationToken cancel) =>
        ValueTask.FromResult(readers.Read((Store: this, signal, now), static (session, asked) =>
            SignalSql.Only(session, asked.signal) is { } mailbox && asked.Store.LoadRun(session, mailbox, asked.now) is { Events.Count: 0 } load ? load : null));

    public ValueTask<Guid?> FindHolder(string claim, CancellationToken cancel) => ValueTask.FromResult(readers.Read(claim, RunSql.Holder));

    public ValueTask<RunOutcome?> FindRunOutcome(Guid eventId, CancellationToken cancel) =>
        ValueTask.FromResult(readers.Read(eventId, static (session, id) =>
            session.Prepare(OutcomeSql).Bind(id).First(row => row.TextOrNull()) is { } json ? TurnText.ReadRunOutcome(json) : null));

    /// <summary>An idle process writes nothing; what is given without waiting for the disk is kept again, or given again, after a crash of the machine.</summary>
    public async ValueTask<int> DeliverKept(DateTimeOffset now, CancellationToken cancel) =>
        readers.Read(0, static (session, _) => SignalSql.KeepsAny(session)) ? await writer.Mark(session => SignalSql.DeliverKept(session, people, node, now)) : 0;

    public async ValueTask StandDown(CancellationToken cancel)
    {
        standsDown = true;
        await writer.Write(session => DueSql.StandDown(session, node));
    }

    public ValueTask<InstanceRecord?> FindInstance(Guid instance, CancellationToken cancel) => ValueTask.FromResult(readers.Read(instance, RunSql.Find));

    public async ValueTask<IReadOnlyList<TakenTask>> TakeTasks(string by, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancel) =>
        await writer.Mark(session => TaskSql.Take(session, by, now, until, limit));

    public async ValueTask<IReadOnlyList<Guid>> KeepTasks(string by, IReadOnlyList<Guid> tasks, DateTimeOffset until, CancellationToken cancel) =>
        await writer.Mark(session => TaskSql.Keep(session, by, tasks, until));

    public ValueTask<ThreadRead?> ReadThread(Guid mailbox, int messages, CancellationToken cancel) =>
        ValueTask.FromResult(readers.Read((mailbox, messages), static (session, asked) => TaskSql.Thread(session, asked.mailbox, asked.messages)));

    public void Dispose()
    {
        writer.Dispose();
        readers.Dispose();
    }

    private AppendResult[] Append(Session session, IReadOnlyList<NewEvent> events, DateTimeOffset now)
    {
        var results = new AppendResult[events.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = AppendSql.Append(session, people, standsDown ? null : node, events[i], now);
        }

        return results;
    }

    private RunLoad? LoadRun(Session session, Guid mailbox, DateTimeOffset now) =>
        RunSql.Load(session, node, mailbox, now, session.Prepare(PendingSql).Bind(mailbox).Bind(options.EventsPerTurn).All(ReadPending));

    private TurnLoad? Load(Session session, Guid mailbox, DateTimeOffset now)
    {
        if (ConversationSql.Load(session, mailbox) is not { } loaded || (loaded.LeaseNode is { } holder && holder != node.Value))
        {
            return null;
        }

        var conversation = loaded.Conversation;
        var pending = session.Prepare(PendingSql).Bind(mailbox).Bind(options.EventsPerTurn).All(ReadPending);
        return new TurnLoad
        {
            Mailbox = mailbox,
            MailboxVersion = loaded.MailboxVersion,
            Conversation = conversation,
            Contact = PersonFinder.Load(session, conversation.ContactId),
            Events = pending,
            Instance = conversation.FlowInstance is { } run ? RunSql.Find(session, run) : null,
            DueTimers = conversation.FlowInstance is { } timed ? RunSql.DueTimers(session, timed, now) : [],
            Outgoing = MessageSql.Owed(session, mailbox),
            Referenced = pending.Exists(e => e.MessageId is not null) ? MessageSql.SpokenOf(session, mailbox, options.EventsPerTurn) : [],
            Troubled = MessageSql.Troubled(session, conversation),
            Unheard = TurnLoad.UnheardFrom(conversation) is { } from ? MessageSql.Unheard(session, mailbox, from, TurnLoad.MostUnheard) : [],
            Staff = staff.Now(session),
            LastLeadOrder = loaded.LastLeadOrder,
        };
    }

    private static PendingEvent ReadPending(Statement row)
    {
        var id = row.Id();
        var happened = TurnText.ReadEvent(row.Utf8());
        return new PendingEvent(id, happened, row.Instant(), row.Int(), row.IdOrNull());
    }
}
