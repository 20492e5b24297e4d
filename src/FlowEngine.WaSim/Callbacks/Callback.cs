using System.Text.Json.Serialization;

namespace FlowEngine.WaSim.Callbacks;

[JsonConverter(typeof(JsonStringEnumConverter<CallbackState>))]
public enum CallbackState
{
    Pending,
    Delivered,

    /// <summary>Seven days passed without a 200.</summary>
    Dead,
}

/// <summary>A webhook on its way: what it says and how far it got.</summary>
/// <param name="About">The message id it speaks of.</param>
/// <param name="What">message, sent, delivered, read, failed, echo.</param>
/// <param name="Answers">HTTP status of each attempt; 0 where none came.</param>
public sealed record Callback(long Number, string About, string What, DateTimeOffset CreatedAt, CallbackState State, IReadOnlyList<int> Answers);
