namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A trigger of a published flow that starts it by the clock; rewritten in the transaction that publishes.</summary>
public sealed class StoredTimedTrigger
{
    public required string DefinitionId { get; set; }

    public required string ActivityId { get; set; }

    /// <summary>The version that it starts.</summary>
    public required string VersionId { get; set; }

    public required string Type { get; set; }

    public required string Rule { get; set; }

    /// <summary>Null when no time is to come.</summary>
    public DateTimeOffset? NextAt { get; set; }
}
