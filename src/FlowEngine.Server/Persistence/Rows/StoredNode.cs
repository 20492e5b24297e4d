namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A process that lives, or died lately, and when it was heard of last.</summary>
public sealed class StoredNode
{
    public required string Id { get; set; }

    public DateTimeOffset SeenAt { get; set; }
}
