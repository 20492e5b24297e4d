namespace FlowEngine.Server.Persistence.Rows;

/// <summary>What one piece of work by a language model cost, and how it ended; no texts.</summary>
public sealed class StoredModelUse
{
    /// <summary>Of the task.</summary>
    public Guid Id { get; set; }

    public Guid ConversationId { get; set; }

    public int Episode { get; set; }

    /// <summary>reply, classify, extract.</summary>
    public required string Purpose { get; set; }

    public required string Model { get; set; }

    public DateTimeOffset At { get; set; }

    public int Calls { get; set; }

    public int InputTokens { get; set; }

    public int OutputTokens { get; set; }

    /// <summary>In millionths of the currency of the configured prices.</summary>
    public long CostMicros { get; set; }

    public int Milliseconds { get; set; }

    /// <summary>The decision, or the failure's name.</summary>
    public required string Outcome { get; set; }
}
