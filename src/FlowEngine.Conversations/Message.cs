namespace FlowEngine.Conversations;

public enum MessageDirection { In = 0, Out = 1, Note = 2 }

public enum AuthorKind { Lead = 0, Flow = 1, Agent = 2, PersonOutside = 3, OtherApp = 4, System = 5, Ai = 6 }

/// <summary>
/// Where a message stands. Incoming ones are <see cref="Received"/>. Outgoing: Queued → Released → (Calling) → Accepted → Sent →
/// Delivered → Read → Played; or Failed, Unknown, Stopped. It never goes back (invariant I9).
/// </summary>
public enum MessageState
{
    Received = 0,
    Queued = 1,
    Released = 2,
    Calling = 3,
    Unknown = 4,
    Accepted = 5,
    Sent = 6,
    Delivered = 7,
    Read = 8,
    Played = 9,
    Failed = 10,
    Stopped = 11,
}

/// <summary>What to do with a bot's send whose outcome stays unknown (decision 13).</summary>
public enum WhenUnknown { Ask = 0, RepeatOnce = 1 }

/// <summary>Why a send failed or was stopped; category and cure come from the error catalogue.</summary>
public sealed record SendError(string Code, string Category, string Message, string? Details = null);

/// <summary>A message of the conversation; for an outgoing one also the intent and its newest attempt (ownership.md section 5).</summary>
public sealed record Message
{
    /// <summary>Also the tracking id that the provider gives back, and the intent's id: the same id twice is the same intent.</summary>
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public int Episode { get; init; }

    /// <summary>Order number in the conversation; messages reach the provider in this order (invariant I6).</summary>
    public long Order { get; init; }

    public MessageDirection Direction { get; init; }

    public AuthorKind Author { get; init; }

    public string? AuthorId { get; init; }

    public string? AuthorName { get; init; }

    public required MessageContent Content { get; init; }

    /// <summary>When it was written: the provider's time for incoming ones, ours for outgoing.</summary>
    public DateTimeOffset At { get; init; }

    public string? ProviderId { get; init; }

    public MessageState State { get; init; }

    /// <summary>The grant: the epoch under which it may leave (invariant I2). Compared where it is released.</summary>
    public long Epoch { get; init; }

    /// <summary>Said just before a handoff or a finalize by the run itself; exempt from the owner and lifecycle checks (decision 12).</summary>
    public bool LastWords { get; init; }

    /// <summary>A supervisor's intervention: leaves although somebody else owns the conversation.</summary>
    public bool Intervention { get; init; }

    /// <summary>The run that said it, if a flow did.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>The activity that said it, to show and to repair.</summary>
    public string? ActivityId { get; init; }

    public WhenUnknown WhenUnknown { get; init; }

    /// <summary>Number of the newest attempt; 0 before the first release.</summary>
    public int Attempt { get; init; }

    /// <summary>Attempts that were spent before a person's retry or a restored connection began a new round.</summary>
    public int AttemptsBefore { get; init; }

    /// <summary>Number of the newest attempt in its round, from 1; what the rules for repeating count.</summary>
    public int Try => Attempt - AttemptsBefore;

    /// <summary>After this instant a worker must not call the provider any more.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>When the engine must look at it again: next attempt, or the end of the wait for a status.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    public SendError? Error { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Said by the run or outside automation that this owner is.</summary>
    public bool IsOf(Owner owner) => Author == AuthorKind.OtherApp
        ? owner.Kind == OwnerKind.OtherApp && owner.Id == AuthorId
        : InstanceId is { } run && owner.IsFlow(run);

    public bool IsUnsettled => State is MessageState.Released or MessageState.Calling or MessageState.Unknown;

    public bool IsAutomatic => Author is AuthorKind.Flow or AuthorKind.Ai or AuthorKind.OtherApp or AuthorKind.System;
}
