using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

/// <summary>What a turn starts from, read in one round trip.</summary>
public sealed record TurnLoad
{
    public required Guid Mailbox { get; init; }

    /// <summary>The mailbox's version; the commit succeeds only against it.</summary>
    public required long MailboxVersion { get; init; }

    public required Conversation Conversation { get; init; }

    public required Contact Contact { get; init; }

    /// <summary>Pending events in order of arrival, a bounded number.</summary>
    public required IReadOnlyList<PendingEvent> Events { get; init; }

    /// <summary>The run that the conversation names as its live one, with state; null when none.</summary>
    public InstanceRecord? Instance { get; init; }

    /// <summary>Timers of that run that are due.</summary>
    public IReadOnlyList<TimerRecord> DueTimers { get; init; } = [];

    /// <summary>Outgoing messages that are Queued, Released, Calling or Unknown, by order number.</summary>
    public IReadOnlyList<Message> Outgoing { get; init; } = [];

    /// <summary>Other messages that the pending events refer to (statuses of messages that are settled already).</summary>
    public IReadOnlyList<Message> Referenced { get; init; } = [];

    /// <summary>The messages that the open problems are about, of any state.</summary>
    public IReadOnlyList<Message> Troubled { get; init; } = [];

    /// <summary>What the lead wrote since a problem parked the run, and what the run was at work on then; the oldest first. Empty while nothing blocks.</summary>
    public IReadOnlyList<Message> Unheard { get; init; } = [];

    public required Staff Staff { get; init; }

    /// <summary>Order number of the newest lead message, 0 when none.</summary>
    public long LastLeadOrder { get; init; }

    /// <summary>A bound for the load; a lead who writes more than this into a broken conversation is read by people.</summary>
    public const int MostUnheard = 50;

    public static IEnumerable<Guid> TroubledMessages(Conversation c) => c.Problems.Select(p => p.MessageId).OfType<Guid>().Distinct();

    /// <summary>From which order number on a repair needs the lead's messages; null when no problem has parked the run.</summary>
    public static long? UnheardFrom(Conversation c) => c.Problems.Min(p => p.Heard ?? p.Parked);
}

/// <param name="MessageId">The message that a status speaks of, as resolved when it was stored.</param>
/// <param name="Attempts">Turns that failed on it so far (poison rule).</param>
public sealed record PendingEvent(Guid Id, MailboxEvent Event, DateTimeOffset ReceivedAt, int Attempts = 0, Guid? MessageId = null);

/// <summary>A person with many addresses, as far as sending and showing need them.</summary>
public sealed record Contact(Guid Id, string? Name, string? Phone, string? WaId, string? UserId, bool OptedOut = false);

/// <summary>A run as stored: columns for lists, bytes for the interpreter.</summary>
public sealed record InstanceRecord
{
    public required Guid Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string VersionId { get; init; }

    public int Version { get; init; }

    public Guid? ConversationId { get; init; }

    public int Status { get; init; }

    public int SubStatus { get; init; }

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public int IncidentCount { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required byte[] State { get; init; }
}

/// <summary>A bookmark that is due at a time; goes in the commit that resumes or drops its bookmark.</summary>
public sealed record TimerRecord(Guid InstanceId, string BookmarkId, DateTimeOffset DueAt);
