namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A named event that came before anybody waited for it; gone when a bookmark took it or its time is over.</summary>
public sealed class StoredKeptSignal
{
    /// <summary>Of the event that it will be.</summary>
    public Guid Id { get; set; }

    public required string DedupeKey { get; set; }

    /// <summary>Of the bookmarks that it is for.</summary>
    public required string Hash { get; set; }

    public string? CorrelationId { get; set; }

    public Guid? InstanceId { get; set; }

    public required string Kind { get; set; }

    /// <summary>The event as JSON (UTF-8).</summary>
    public required byte[] Payload { get; set; }

    public DateTimeOffset KeepUntil { get; set; }
}
