namespace FlowEngine.Server.Persistence.Rows;

/// <summary>Where a run waits. With a due time it is also a timer; both go in the commit that resumes or drops it.</summary>
public sealed class StoredBookmark
{
    public Guid InstanceId { get; set; }

    public required string BookmarkId { get; set; }

    public required string Name { get; set; }

    /// <summary>What a stimulus is matched by.</summary>
    public required string Hash { get; set; }

    public Guid MailboxId { get; set; }

    public string? CorrelationId { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Method and path with placeholders, where it waits for an HTTP request at one: <c>post orders/{id}</c>.</summary>
    public string? Route { get; set; }
}
