namespace FlowEngine.Engine.Turns;

/// <summary>What a turn of a run without a conversation starts from, read in one round trip.</summary>
public sealed record RunLoad
{
    /// <summary>The mailbox, and the run.</summary>
    public required Guid Mailbox { get; init; }

    /// <summary>The mailbox's version; the commit succeeds only against it.</summary>
    public required long MailboxVersion { get; init; }

    /// <summary>Pending events in order of arrival, a bounded number.</summary>
    public required IReadOnlyList<PendingEvent> Events { get; init; }

    /// <summary>The run; null before its first turn.</summary>
    public InstanceRecord? Instance { get; init; }

    /// <summary>Its timers that are due.</summary>
    public IReadOnlyList<TimerRecord> DueTimers { get; init; } = [];
}
