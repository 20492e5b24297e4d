namespace FlowEngine.Server.Knowledge;

/// <summary>Section <c>FlowEngine:Knowledge</c>.</summary>
public sealed record KnowledgeOptions
{
    public static readonly KnowledgeOptions Default = new();

    /// <summary>
    /// The score from which a passage is quoted to a lead. Decision record 011
    /// has the figures of this and other values.
    /// </summary>
    public double Threshold { get; init; } = 0.6;

    /// <summary>Two articles that are closer than this fit equally well: which one is meant, a person must ask.</summary>
    public double Margin { get; init; } = 0.02;

    /// <summary>Longest quotation, in characters.</summary>
    public int LongestQuote { get; init; } = 1_000;
}
