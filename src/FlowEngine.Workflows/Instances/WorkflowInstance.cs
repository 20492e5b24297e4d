namespace FlowEngine.Workflows.Instances;

public enum WorkflowStatus { Running = 0, Finished = 1 }

public enum WorkflowSubStatus { Pending = 0, Executing = 1, Suspended = 2, Finished = 3, Cancelled = 4, Faulted = 5 }

/// <summary>
/// One run of one definition version. Lives in memory during a burst; <see cref="InstanceState"/> turns it into bytes and back.
/// </summary>
public sealed partial class WorkflowInstance
{
    public required Guid Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    public int Version { get; init; }

    /// <summary>The run that started this one as its child; it is told when this one ends.</summary>
    public Guid? ParentInstanceId { get; init; }

    /// <summary>How many parents are above it.</summary>
    public int Depth { get; init; }

    public WorkflowStatus Status { get; set; }

    public WorkflowSubStatus SubStatus { get; set; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public List<Bookmark> Bookmarks { get; } = [];

    public List<Incident> Incidents { get; } = [];
}

/// <summary>
/// Where an instance waits. <paramref name="Hash"/> is Elsa's: SHA-256, upper-case hex, of name and payload JSON.
/// <paramref name="Tag"/> tells apart several bookmarks of one execution.
/// </summary>
public sealed record Bookmark(
    string Id,
    string Name,
    string Hash,
    System.Text.Json.Nodes.JsonNode? Payload,
    string ActivityId,
    string NodeId,
    string ActivityInstanceId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt = null,
    string? Tag = null,
    bool AutoBurn = true);

/// <summary>A recorded fault.</summary>
public sealed record Incident(
    string ActivityId,
    string NodeId,
    string ActivityType,
    string ActivityInstanceId,
    string Message,
    string? ExceptionType,
    string? Code,
    string? Category,
    DateTimeOffset At)
{
    /// <summary>What lies behind the message, such as a script's own error.</summary>
    public string? Cause { get; init; }
}

/// <summary>One line of a burst's journal (Elsa's execution log): Started, Completed, Faulted, Suspended, Resumed, Canceled …</summary>
public sealed record JournalEntry(
    long Sequence,
    DateTimeOffset At,
    string EventName,
    string ActivityId,
    string NodeId,
    string ActivityType,
    string? ActivityName,
    string ActivityInstanceId,
    string? ParentActivityInstanceId,
    string? Message = null,
    IReadOnlyList<string>? Outcomes = null,
    IReadOnlyDictionary<string, object?>? ActivityState = null,
    IReadOnlyDictionary<string, object?>? Outputs = null);
