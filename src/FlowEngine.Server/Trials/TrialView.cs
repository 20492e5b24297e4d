using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Flows;

namespace FlowEngine.Server.Trials;

/// <summary>How a trial stands, for who looks at it.</summary>
/// <param name="Conversation">Null before the lead has come.</param>
/// <param name="Steps">What the flow did, oldest first.</param>
/// <param name="Problems">What failed, in the engine's own words, oldest first.</param>
/// <param name="NextAt">When the flow goes on by itself; null when it waits for the lead, or is over.</param>
public sealed record TrialView(Conversation? Conversation, IReadOnlyList<Message> Messages, IReadOnlyList<TrialStep> Steps, IReadOnlyList<string> Problems, DateTimeOffset Now, DateTimeOffset? NextAt)
{
    /// <summary>What the flow asked of other systems, oldest first.</summary>
    public IReadOnlyList<TrialRequest> Requests { get; init; } = [];

    internal static async Task<TrialView> Of(TrialEngine engine, Guid? conversation)
    {
        var (store, now) = (engine.Store, engine.Clock.GetUtcNow());
        var steps = store.Runs().SelectMany(store.Journal).OrderBy(b => b.At).SelectMany(b => TrialStep.Of(b.At, b.Json)).ToList();
        return new TrialView(
            conversation is { } id ? (await store.Load(id, now, CancellationToken.None))?.Conversation : null, conversation is { } box ? store.Messages(box) : [], steps,
            [.. store.Incidents().Where(i => i.Closed is null).Select(i => i.Incident.Message)], now, await store.NextDueAt(now, CancellationToken.None));
    }
}

/// <summary>One entry of the journal.</summary>
/// <param name="Event">Started, Completed, Suspended, Resumed, Faulted …</param>
/// <param name="Activity">Its name in the drawing, else what its kind is called.</param>
public sealed record TrialStep(DateTimeOffset At, string Event, string Type, string Activity, IReadOnlyList<string> Outcomes)
{
    internal static IReadOnlyList<TrialStep> Of(DateTimeOffset at, byte[] burst)
    {
        using var document = JsonDocument.Parse(burst);
        return
        [
            .. document.RootElement.GetProperty("entries").EnumerateArray().Select(e => new TrialStep(
                at, e.GetProperty("e").GetString()!, e.GetProperty("t").GetString()!, NameOf(e), e.TryGetProperty("o", out var outcomes) ? [.. outcomes.EnumerateArray().Select(o => o.GetString()!)] : [])),
        ];
    }

    private static string NameOf(JsonElement entry) => (entry.TryGetProperty("name", out var name) ? name.GetString() : null)
        ?? FlowActivities.Catalog.Find(entry.GetProperty("t").GetString()!)?.Descriptor.DisplayName ?? entry.GetProperty("a").GetString()!;
}
