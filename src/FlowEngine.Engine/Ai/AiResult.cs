using System.Text.Json;

namespace FlowEngine.Engine.Ai;

public enum AiDecision
{
    /// <summary>The lead gets an answer, with its sources.</summary>
    Answer,

    /// <summary>The lead is asked something first.</summary>
    Ask,

    /// <summary>The model wants a person to go on.</summary>
    HandOff,

    /// <summary>Nothing needs to be said.</summary>
    StaySilent,

    /// <summary>Classified or extracted.</summary>
    Done,

    /// <summary>What the model said may not be said to a lead, or it does not know.</summary>
    NotSure,

    /// <summary>No usable answer within the time and the attempts.</summary>
    Failed,
}

/// <summary>What came of an <see cref="AiJob"/>: checked, and safe to act on.</summary>
public sealed record AiResult(AiDecision Decision)
{
    /// <summary>What the lead reads.</summary>
    public string? Text { get; init; }

    /// <summary>Why, as a word for flows: a failure's name, noSources, promisedPerson …; or the model's own words.</summary>
    public string? Reason { get; init; }

    /// <summary>More about it, for people.</summary>
    public string? Detail { get; init; }

    public string? Summary { get; init; }

    public string? Department { get; init; }

    /// <summary>Titles of the articles that the answer is drawn from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What was classified (<c>category</c>) or extracted.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public static AiResult Failed(ModelFailure failure, string detail) => new(AiDecision.Failed) { Reason = failure.ToString(), Detail = detail };

    public static AiResult NotSure(string reason, string? detail = null) => new(AiDecision.NotSure) { Reason = reason, Detail = detail };

    public string Write() => JsonSerializer.Serialize(this, AiJson.Default.AiResult);

    public static AiResult Read(string json) => JsonSerializer.Deserialize(json, AiJson.Default.AiResult)!;
}
