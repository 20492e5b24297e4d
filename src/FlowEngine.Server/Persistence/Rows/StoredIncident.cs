namespace FlowEngine.Server.Persistence.Rows;

/// <summary>Something that went wrong, kept for people until and after it is closed.</summary>
public sealed class StoredIncident
{
    public Guid Id { get; set; }

    public Guid? ConversationId { get; set; }

    /// <summary>Set for the one incident of a paused connection, which belongs to no conversation; unique while it is open.</summary>
    public string? Connection { get; set; }

    public Guid? InstanceId { get; set; }

    public string? ActivityId { get; set; }

    public string? ActivityInstanceId { get; set; }

    public Guid? MessageId { get; set; }

    public required string Kind { get; set; }

    public required string Category { get; set; }

    public required string Code { get; set; }

    public required string Message { get; set; }

    public string? Evidence { get; set; }

    public bool Blocking { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }

    public string? ClosedHow { get; set; }
}
