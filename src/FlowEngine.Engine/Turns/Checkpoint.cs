using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// What is written together: one turn's whole result, in one transaction under the mailbox's version. If the process dies before the
/// commit nothing of the turn happened and its events are turned again; after it, all of it happened.
/// </summary>
public sealed record Checkpoint
{
    public required Guid Mailbox { get; init; }

    /// <summary>Fence: the commit writes nothing unless the mailbox still has this version; it then has the next one.</summary>
    public required long ExpectedVersion { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The conversation after the turn; null when it did not change.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>The conversation before the turn, so that a store need not write what it has; null when a store must not rely on it.</summary>
    public Conversation? Before { get; init; }

    /// <summary>The contact after the turn; null when it did not change.</summary>
    public Contact? Contact { get; init; }

    public IReadOnlyList<EventDone> Events { get; init; } = [];

    /// <summary>The event that this turn took before it was stored anywhere.</summary>
    public ReceivedEvent? Received { get; init; }

    public IReadOnlyList<Message> NewMessages { get; init; } = [];

    /// <summary>Messages whose mutable part changed: state, provider id, epoch, flags, attempt, deadline, wake time, error, settled.</summary>
    public IReadOnlyList<Message> ChangedMessages { get; init; } = [];

    public IReadOnlyList<InstanceRecord> Instances { get; init; } = [];

    public IReadOnlyList<BookmarkRecord> BookmarksAdded { get; init; } = [];

    /// <summary>Bookmark ids per run; their timers go with them.</summary>
    public IReadOnlyList<(Guid Instance, string Bookmark)> BookmarksRemoved { get; init; } = [];

    public IReadOnlyList<ExternalTask> TasksAdded { get; init; } = [];

    public IReadOnlyList<TaskEnd> TasksEnded { get; init; } = [];

    public IReadOnlyList<JournalBurst> Journal { get; init; } = [];

    public IReadOnlyList<IncidentRecord> IncidentsOpened { get; init; } = [];

    public IReadOnlyList<IncidentClosed> IncidentsClosed { get; init; } = [];

    /// <summary>The trouble of the whole connection that this turn has met; written once for the connection, whoever meets it first.</summary>
    public ConnectionPause? Pause { get; init; }

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    public IReadOnlyList<HookDelivery> Hooks { get; init; } = [];

    /// <summary>Runs that this turn began and that go on by themselves: each has a mailbox from this commit on.</summary>
    public IReadOnlyList<Guid> NewRuns { get; init; } = [];

    /// <summary>
    /// What only one run may hold at a time (its definition's activation strategy). When another one holds it nothing is written, as behind
    /// the fence; <see cref="ITurnStore.FindHolder"/> tells which was the reason.
    /// </summary>
    public string? Claim { get; init; }

    /// <summary>The run has ended: what it held is free.</summary>
    public Guid? ClaimsFreed { get; init; }

    /// <summary>Events for other mailboxes (signals, new runs), inserted in this commit.</summary>
    public IReadOnlyList<NewEvent> Enqueued { get; init; } = [];
}

/// <summary>
/// How an event ended: turned (with a command's outcome as JSON); <paramref name="Dead"/>: given up as poison, kept for people;
/// <paramref name="Retry"/>: not done, its count of attempts grows and it stays pending.
/// </summary>
public sealed record EventDone(Guid Id, string? ResultJson, bool Dead = false, bool Retry = false);

/// <summary>An event that is stored in the commit of its own turn, as done. One that begins a run makes its mailbox.</summary>
public sealed record ReceivedEvent(NewEvent Event, string? ResultJson);

/// <summary>Where a run waits, as a row: found by hash for stimuli; with a due time it is also a timer.</summary>
/// <param name="Route">Method and path, where it waits for an HTTP request at a path with placeholders; null for everything else.</param>
public sealed record BookmarkRecord(Guid Instance, string Id, string Name, string Hash, Guid Mailbox, string? CorrelationId, DateTimeOffset? DueAt, string? Route = null)
{
    /// <summary>Whether what it waits for may have come before it and is kept then: named events.</summary>
    public bool MayBeKept => Name == "Elsa.Event";
}

/// <summary>One burst of the journal, one row; readers fold it into single records.</summary>
public sealed record JournalBurst(Guid Id, Guid Instance, DateTimeOffset At, byte[] Json);

public sealed record IncidentRecord(
    Guid Id, Guid? ConversationId, Guid? InstanceId, string? ActivityId, string? ActivityInstanceId, Guid? MessageId, string Kind, string Category, string Code,
    string Message, string? Evidence, bool Blocking, DateTimeOffset At);

public sealed record IncidentClosed(Guid Id, DateTimeOffset At, string By, string How);

/// <summary>An outgoing webhook call that is owed; sent at least once, in order per conversation.</summary>
/// <param name="Hook">Index of the webhook in the configuration.</param>
public sealed record HookDelivery(Guid Id, int Hook, Guid ConversationId, string Type, byte[] Body, DateTimeOffset At);
