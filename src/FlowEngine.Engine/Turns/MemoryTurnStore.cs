using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// The turn store in memory, for simulations and tests of the engine: the same behaviour as the databases (one conformance suite),
/// the same answers for the same calls and seed. What it holds is gone with it. Safe for many threads.
/// </summary>
public sealed partial class MemoryTurnStore(Ids ids, TurnOptions? options = null) : ITurnStore
{
    private readonly TurnOptions options = options ?? TurnOptions.Default;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, MemoryMailbox> mailboxes = [];
    private readonly Dictionary<Guid, Guid> mailboxOfMessage = [];
    private readonly Dictionary<Guid, InstanceRecord> instances = [];
    private readonly Dictionary<(Guid Instance, string Id), BookmarkRecord> bookmarks = [];
    private readonly List<JournalBurst> journal = [];
    private readonly Dictionary<Guid, (IncidentRecord Incident, IncidentClosed? Closed)> incidents = [];
    private readonly Dictionary<string, ConnectionPause> pauses = new(StringComparer.Ordinal);
    private readonly List<HookDelivery> hooks = [];

    /// <summary>Who works here, for the turns from now on.</summary>
    public Staff Staff { get; set; } = Staff.Empty;

    public ValueTask<TurnLoad?> Load(Guid mailbox, DateTimeOffset now, CancellationToken cancel) => Load(node, mailbox, now);

    public ValueTask<CommandOutcome?> FindOutcome(Guid eventId, CancellationToken cancel)
    {
        lock (gate)
        {
            return ValueTask.FromResult(events.GetValueOrDefault(eventId)?.Result is { } json ? TurnText.ReadOutcome(json) : null);
        }
    }

    public ValueTask<InstanceRecord?> FindInstance(Guid instance, CancellationToken cancel)
    {
        lock (gate)
        {
            return ValueTask.FromResult(instances.GetValueOrDefault(instance));
        }
    }

    /// <summary>Whether the event was given up as poison.</summary>
    public bool IsDead(Guid eventId)
    {
        lock (gate)
        {
            return events[eventId].Dead;
        }
    }

    public IReadOnlyList<Message> Messages(Guid conversation)
    {
        lock (gate)
        {
            return [.. mailboxes[conversation].Messages.Values.OrderBy(m => m.Order)];
        }
    }

    public IReadOnlyList<HistoryEntry> History(Guid conversation)
    {
        lock (gate)
        {
            return [.. mailboxes[conversation].History];
        }
    }

    public IReadOnlyList<HookDelivery> Hooks()
    {
        lock (gate)
        {
            return [.. hooks];
        }
    }

    public IReadOnlyList<JournalBurst> Journal(Guid instance)
    {
        lock (gate)
        {
            return [.. journal.Where(j => j.Instance == instance)];
        }
    }

    /// <summary>Every run, oldest first.</summary>
    public IReadOnlyList<Guid> Runs()
    {
        lock (gate)
        {
            return [.. instances.Keys.Order()];
        }
    }

    public IReadOnlyList<BookmarkRecord> Bookmarks(Guid instance)
    {
        lock (gate)
        {
            return [.. bookmarks.Values.Where(b => b.Instance == instance).OrderBy(b => b.Id, StringComparer.Ordinal)];
        }
    }

    public IReadOnlyList<(IncidentRecord Incident, IncidentClosed? Closed)> Incidents()
    {
        lock (gate)
        {
            return [.. incidents.Values.OrderBy(i => i.Incident.Id)];
        }
    }

    /// <summary>The open incidents of connections.</summary>
    public IReadOnlyList<ConnectionPause> Pauses()
    {
        lock (gate)
        {
            return [.. pauses.Values];
        }
    }

    private ValueTask<TurnLoad?> Load(NodeId asking, Guid mailbox, DateTimeOffset now)
    {
        lock (gate)
        {
            return ValueTask.FromResult(mailboxes.TryGetValue(mailbox, out var box) && !box.IsRun && MayTurn(asking, box) ? Load(box, now) : null);
        }
    }

    private TurnLoad Load(MemoryMailbox box, DateTimeOffset now)
    {
        var pending = box.Pending.Values.Take(options.EventsPerTurn).Select(e => e.ToPending()).ToList();
        var spokenOf = pending.Where(e => e.MessageId is not null).Select(e => e.MessageId!.Value).ToHashSet();
        var ordered = box.Messages.Values.OrderBy(m => m.Order).ToList();
        var run = box.Conversation.FlowInstance;
        return new TurnLoad
        {
            Mailbox = box.Conversation.Id,
            MailboxVersion = box.Version,
            Conversation = box.Conversation,
            Contact = contacts[box.Conversation.ContactId],
            Events = pending,
            Instance = run is null ? null : instances.GetValueOrDefault(run.Value),
            DueTimers = DueTimers(run, now),
            Outgoing = [.. ordered.Where(IsOwed)],
            Referenced = [.. ordered.Where(m => !IsOwed(m) && spokenOf.Contains(m.Id))],
            Troubled = [.. ordered.Where(m => TurnLoad.TroubledMessages(box.Conversation).Contains(m.Id))],
            Unheard = TurnLoad.UnheardFrom(box.Conversation) is { } from
                ? [.. ordered.Where(m => m.Direction == MessageDirection.In && m.Order >= from).Take(TurnLoad.MostUnheard)]
                : [],
            Staff = Staff,
            LastLeadOrder = ordered.LastOrDefault(m => m.Direction == MessageDirection.In)?.Order ?? 0,
        };
    }

    private IReadOnlyList<TimerRecord> DueTimers(Guid? run, DateTimeOffset now) =>
    [
        .. bookmarks.Values
            .Where(b => b.Instance == run && b.DueAt <= now)
            .OrderBy(b => b.DueAt).ThenBy(b => b.Id, StringComparer.Ordinal)
            .Select(b => new TimerRecord(b.Instance, b.Id, b.DueAt!.Value)),
    ];

    private static bool IsOwed(Message message) => message.State == MessageState.Queued || message.IsUnsettled;
}
