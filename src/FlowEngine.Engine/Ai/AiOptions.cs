namespace FlowEngine.Engine.Ai;

/// <summary>Bounds of all work by a language model. Bound from <c>FlowEngine:Ai</c>.</summary>
public sealed record AiOptions
{
    /// <summary>How long one call may take; a step's own time may end it sooner.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls of one step before its failure counts, where repeating may help.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Pause before the first repetition; each next one is twice as long. An endpoint that asks for a longer one gets it.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Tokens, asked and answered, that one conversation may use in an episode; 0 is no bound.</summary>
    public int ConversationTokens { get; init; } = 100_000;

    /// <summary>Tokens that all conversations may use in a day (UTC); 0 is no bound.</summary>
    public long DailyTokens { get; init; } = 5_000_000;

    /// <summary>What all conversations may cost in a day (UTC), in the currency of the prices; 0 is no bound.</summary>
    public decimal DailyCost { get; init; }

    /// <summary>Longest reply of a model; 0 leaves it to the endpoint, since some newer models refuse the parameter.</summary>
    public int MaxTokens { get; init; }
}
