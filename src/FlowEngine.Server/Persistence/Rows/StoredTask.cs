using FlowEngine.Engine.Tasks;

namespace FlowEngine.Server.Persistence.Rows;

/// <summary>Work outside of a turn that a run waits for; gone when its result was turned or it was withdrawn.</summary>
public sealed class StoredTask
{
    public Guid Id { get; set; }

    public Guid MailboxId { get; set; }

    public Guid InstanceId { get; set; }

    public required string BookmarkId { get; set; }

    public required string Kind { get; set; }

    /// <summary>The epoch under which it was asked.</summary>
    public long Epoch { get; set; }

    public required byte[] Payload { get; set; }

    public TaskState State { get; set; }

    /// <summary>The process that works on it, until <see cref="TakenUntil"/>.</summary>
    public string? TakenBy { get; set; }

    public DateTimeOffset? TakenUntil { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset Deadline { get; set; }
}
