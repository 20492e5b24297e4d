using System.Text.Json.Nodes;

namespace FlowEngine.Engine.Ai;

/// <summary>Why a model did not help. The word is what flows, handoffs and people see as the reason.</summary>
public enum ModelFailure
{
    /// <summary>No endpoint is configured, and what was asked needs one.</summary>
    NotConfigured,

    /// <summary>Down, unreachable, 5xx, or the connection broke.</summary>
    Unavailable,

    /// <summary>No answer within the time.</summary>
    Slow,

    /// <summary>429; with the pause it asks for, where it says one.</summary>
    RateLimited,

    /// <summary>Neither a call nor a text.</summary>
    Empty,

    /// <summary>No such function, several functions, arguments that do not parse or do not fit, or a text without a call.</summary>
    Malformed,

    /// <summary>The provider's filter or the model itself refused.</summary>
    Refused,

    /// <summary>A budget of ours, or the account's quota, is used up.</summary>
    OverBudget,

    /// <summary>The assistant has answered as often in this episode as it may.</summary>
    TurnCap,

    /// <summary>401 or 403.</summary>
    BadKey,

    /// <summary>The endpoint does not take the request: unknown model, wrong address, a parameter it does not know.</summary>
    Rejected,
}

/// <summary>What one call cost.</summary>
/// <param name="Cost">In the currency of the configured prices; 0 where none is configured.</param>
public sealed record ModelUsage(string Model, int InputTokens, int OutputTokens, decimal Cost = 0);

/// <summary>What came of one call.</summary>
public abstract record ModelReply(ModelUsage? Usage)
{
    /// <summary>The model called a function.</summary>
    public sealed record Called(string Function, JsonObject Arguments, ModelUsage? Usage = null) : ModelReply(Usage);

    /// <param name="Detail">For people and logs: status and cause, never the key and never what was said.</param>
    public sealed record Failed(ModelFailure Failure, string Detail, ModelUsage? Usage = null, TimeSpan? RetryAfter = null) : ModelReply(Usage);
}
