using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// All that a turn starts from, in one round trip; a conversation with problems costs a second one. The statements see what is committed at their own instant; where another turn commits
/// between them, the version that was read first is no longer the mailbox's, and this one's commit is refused.
/// </summary>
internal sealed class LoadBatch(NpgsqlDataSource source, NodeId node, StaffReader staff, int eventsPerTurn)
{
    internal const string ConversationSql =
        $"""
        SELECT box_version, lease_node, (SELECT version FROM staff_version WHERE id = 1),
          (SELECT order_number FROM message m WHERE m.conversation_id = conversation.id AND m.direction = 0 ORDER BY order_number DESC LIMIT 1),
          person, person_name, phone, wa_id, user_id, opted_out,
          {ConversationColumns.Changing}, id, connection, contact_id, created_at,
          array_to_json(ARRAY(SELECT label FROM conversation_label l WHERE l.conversation_id = conversation.id))::text
        FROM conversation
        JOIN (SELECT id AS box, version AS box_version, lease_node FROM mailbox) b ON b.box = conversation.id
        JOIN (SELECT id AS person, name AS person_name, phone, wa_id, user_id, opted_out FROM contact) p ON p.person = conversation.contact_id
        WHERE id = $1
        """;

    internal const string PendingSql =
        "SELECT id, payload, received_at, attempts, message_id FROM mailbox_event WHERE mailbox_id = $1 AND state = 0 ORDER BY seq LIMIT $2";

    /// <summary>The conversation, then its live run's due timers as a JSON list of name and instant, then the run.</summary>
    internal static readonly string HeadSql =
        $"""
        SELECT c.*,
          {DueTimers("c.flow_instance")},
          {RunColumns.Of("r")}
        FROM ({ConversationSql}) c LEFT JOIN instance r ON r.id = c.flow_instance
        """;

    /// <summary>What is owed, and what the pending events speak of beyond that; the first column tells them apart.</summary>
    internal const string MessagesSql =
        $"""
        SELECT true, {MessageColumns.All} FROM message WHERE conversation_id = $1 AND owed
        UNION ALL SELECT false, {MessageColumns.All} FROM message WHERE NOT owed AND id IN (
          SELECT message_id FROM mailbox_event WHERE mailbox_id = $1 AND state = 0 AND message_id IS NOT NULL ORDER BY seq LIMIT $2)
        ORDER BY order_number
        """;

    internal const string TroubledSql = $"SELECT {MessageColumns.All} FROM message WHERE id = ANY ($1) ORDER BY order_number";

    internal const string UnheardSql =
        $"SELECT {MessageColumns.All} FROM message WHERE conversation_id = $1 AND order_number >= $2 AND direction = 0 ORDER BY order_number LIMIT $3";

    public async Task<TurnLoad?> Load(Guid mailbox, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(HeadSql).Bind(mailbox).Bind(now);
        batch.Add(PendingSql).Bind(mailbox).Bind(eventsPerTurn);
        batch.Add(MessagesSql).Bind(mailbox).Bind(eventsPerTurn);
        TurnLoad load;
        long staffVersion;
        await using (var rows = await batch.Read(cancel))
        {
            var (head, timers, run) = await rows.First(
                row => ((Head?)ReadHead(row), row.TextOrNull(), row.IsNull() ? null : RunColumns.Read(row)), cancel);
            if (head is null || (head.LeaseNode is { } holder && holder != node.Value))
            {
                return null;
            }

            var events = await rows.All(ReadPending, cancel);
            var messages = (await rows.All(row => (Owed: row.Flag(), Message: MessageColumns.Read(row)), cancel)).ToLookup(m => m.Owed, m => m.Message);
            staffVersion = head.StaffVersion;
            load = new TurnLoad
            {
                Mailbox = mailbox,
                MailboxVersion = head.Version,
                Conversation = head.Conversation,
                Contact = head.Contact,
                Events = events,
                Instance = run,
                DueTimers = ReadTimers(run, timers),
                Outgoing = [.. messages[true]],
                Referenced = [.. messages[false]],
                Staff = Staff.Empty,
                LastLeadOrder = head.LastLeadOrder,
            };
        }

        load = load with { Staff = await staff.Of(staffVersion, cancel) };
        return load.Conversation.Problems.IsEmpty ? load : await WithTroubles(load, cancel);
    }

    internal static readonly string OwnRunSql = RunSql("id = $1");

    /// <summary>The run that alone waits for a signal, where nothing else is to be turned before it.</summary>
    internal static readonly string WaitingSql = RunSql(Waiting("hash = $1"));

    internal static readonly string WaitingCorrelatedSql = RunSql(Waiting("hash = $1 AND correlation_id = $4"));

    /// <summary>The same for a run that has a mailbox of its own.</summary>
    public async Task<RunLoad?> LoadRun(Guid mailbox, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(OwnRunSql).Bind(mailbox).Bind(now);
        batch.Add(PendingSql).Bind(mailbox).Bind(eventsPerTurn);
        await using var rows = await batch.Read(cancel);
        return await rows.First(ReadRun, cancel) is { } load ? load with { Events = await rows.All(ReadPending, cancel) } : null;
    }

    public async Task<RunLoad?> LoadWaiting(SignalTarget signal, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        var call = batch.Add(signal.CorrelationId is null ? WaitingSql : WaitingCorrelatedSql).Bind(signal.Hash).Bind(now).Bind(signal.Instance);
        if (signal.CorrelationId is { } correlation)
        {
            call.Bind(correlation);
        }

        await using var rows = await batch.Read(cancel);
        return await rows.First(ReadRun, cancel);
    }

    /// <summary>A run's timers that are due at the second parameter, as a JSON list of name and instant.</summary>
    private static string DueTimers(string run) =>
        $"(SELECT json_agg(json_build_array(bookmark_id, due_at) ORDER BY due_at, bookmark_id) FROM bookmark WHERE instance_id = {run} AND due_at <= $2)::text";

    private static string RunSql(string which) =>
        $"""
        SELECT m.id, m.version, m.lease_node,
          {DueTimers("m.id")},
          {RunColumns.Of("r")}
        FROM (SELECT id, version, lease_node FROM mailbox WHERE kind = 1 AND {which}) m LEFT JOIN instance r ON r.id = m.id
        """;

    // Two are enough to see that it is not the only one, however many wait.
    private static string Waiting(string bookmark) =>
        $"""
        id = (SELECT CASE WHEN count(*) = 1 THEN (array_agg(mailbox_id))[1] END
          FROM (SELECT mailbox_id FROM bookmark WHERE {bookmark} AND ($3::uuid IS NULL OR instance_id = $3) LIMIT 2) w)
        AND NOT EXISTS (SELECT FROM mailbox_event e WHERE e.mailbox_id = mailbox.id AND e.state = 0)
        """;

    private RunLoad? ReadRun(Rows row)
    {
        var (mailbox, version, holder, timers) = (row.Id(), row.Number(), row.TextOrNull(), row.TextOrNull());
        var run = row.IsNull() ? null : RunColumns.Read(row);
        return holder is not null && holder != node.Value ? null : new RunLoad
        {
            Mailbox = mailbox,
            MailboxVersion = version,
            Events = [],
            Instance = run,
            DueTimers = ReadTimers(run, timers),
        };
    }

    internal static Head ReadHead(Rows row) => new(
        row.Number(), row.TextOrNull(), row.Number(), row.NumberOrNull() ?? 0,
        new Contact(row.Id(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Flag()),
        ConversationColumns.Read(row));

    /// <summary>What a repair may need. The fence of the commit holds for these too.</summary>
    private async Task<TurnLoad> WithTroubles(TurnLoad load, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(TroubledSql).Bind(TurnLoad.TroubledMessages(load.Conversation).ToArray());
        batch.Add(UnheardSql).Bind(load.Mailbox).Bind(TurnLoad.UnheardFrom(load.Conversation) ?? long.MaxValue).Bind(TurnLoad.MostUnheard);
        await using var rows = await batch.Read(cancel);
        return load with { Troubled = await rows.All(MessageColumns.Read, cancel), Unheard = await rows.All(MessageColumns.Read, cancel) };
    }

    private static List<TimerRecord> ReadTimers(InstanceRecord? run, string? json)
    {
        var timers = new List<TimerRecord>();
        if (run is not null && json is not null)
        {
            using var list = JsonDocument.Parse(json);
            timers.AddRange(list.RootElement.EnumerateArray().Select(t => new TimerRecord(run.Id, t[0].GetString()!, Stored.Instant(t[1].GetInt64()))));
        }

        return timers;
    }

    private static PendingEvent ReadPending(Rows row)
    {
        var id = row.Id();
        var happened = TurnText.ReadEvent(row.Utf8());
        return new PendingEvent(id, happened, row.Instant(), row.Int(), row.IdOrNull());
    }

    internal sealed record Head(long Version, string? LeaseNode, long StaffVersion, long LastLeadOrder, Contact Contact, Conversation Conversation);
}
