namespace FlowEngine.Server.Persistence.Rows;

public enum EventState { Pending = 0, Done = 1, Dead = 2 }

/// <summary>One durable event of a mailbox; without a mailbox it is an orphan that waits for its message to become known.</summary>
public sealed class StoredEvent
{
    /// <summary>Order of arrival. Never used as a cursor: pending events are found by their state (decision 8).</summary>
    public long Seq { get; set; }

    public Guid Id { get; set; }

    public Guid? MailboxId { get; set; }

    public required string Kind { get; set; }

    /// <summary>Unique for ever; what makes a redelivery have no effect.</summary>
    public required string DedupeKey { get; set; }

    /// <summary>The event as JSON (UTF-8); emptied when its time of keeping is over (decision 31), the key stays.</summary>
    public required byte[] Payload { get; set; }

    /// <summary>Our message that a status or echo speaks of, once known.</summary>
    public Guid? MessageId { get; set; }

    public string? RefConnection { get; set; }

    public string? RefProviderId { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public EventState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>A command's outcome as JSON.</summary>
    public string? Result { get; set; }

    public DateTimeOffset? DoneAt { get; set; }
}
