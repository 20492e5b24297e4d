namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A run of a flow: columns for lists, bytes for the interpreter (decision 5).</summary>
public sealed class StoredInstance
{
    public Guid Id { get; set; }

    public required string DefinitionId { get; set; }

    public required string VersionId { get; set; }

    public int Version { get; set; }

    public Guid? ConversationId { get; set; }

    public int Status { get; set; }

    public int SubStatus { get; set; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public int IncidentCount { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When it was imported as the history of a run that was made elsewhere: <see cref="State"/> is then JSON for views, and no turn ever reads it.</summary>
    public DateTimeOffset? ImportedAt { get; set; }

    public required byte[] State { get; set; }
}
