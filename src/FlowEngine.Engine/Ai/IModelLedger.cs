namespace FlowEngine.Engine.Ai;

/// <summary>What models have cost: the base of budgets. It knows no texts.</summary>
public interface IModelLedger
{
    /// <param name="day">Start of the day that the daily budget counts.</param>
    ValueTask<ModelSpending> Spent(Guid conversation, int episode, DateTimeOffset day, CancellationToken cancel);

    /// <summary>Notes one piece of work; the same task twice is one entry.</summary>
    ValueTask Record(ModelUse use, CancellationToken cancel);
}

/// <param name="Replies">Of the assistant in this episode.</param>
/// <param name="Tokens">Of this conversation in this episode.</param>
public readonly record struct ModelSpending(int Replies, long Tokens, long DayTokens, decimal DayCost);

/// <summary>One piece of work: all of its calls together.</summary>
/// <param name="Outcome">The decision, or the failure's name.</param>
public sealed record ModelUse(
    Guid Task, Guid Conversation, int Episode, AiPurpose Purpose, string Model, DateTimeOffset At, int Calls, int InputTokens, int OutputTokens, decimal Cost, TimeSpan Took, string Outcome);
