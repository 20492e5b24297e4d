namespace FlowEngine.Engine.Ai;

/// <summary>What a model's call is worth: a result, or the mistake that it is told once.</summary>
public readonly record struct Verdict(AiResult? Result, string? Mistake)
{
    public static Verdict Of(AiResult result) => new(result, null);

    /// <param name="why">For the model, in a sentence.</param>
    public static Verdict Wrong(string why) => new(null, why);
}
