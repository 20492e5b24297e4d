using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>One entry of a run's journal, out of the row of its burst.</summary>
internal sealed record JournalLine(
    long Sequence, DateTimeOffset At, string Event, string ActivityId, string NodeId, string ActivityType, string ActivityInstanceId, string? ActivityName, string? Parent,
    string? Message, IReadOnlyList<string>? Outcomes, JsonObject? State, JsonObject? Outputs)
{
    public const string Started = "Started";
    public const string Completed = "Completed";
    public const string Faulted = "Faulted";
    public const string Suspended = "Suspended";
    public const string Canceled = "Canceled";

    /// <summary>The entries of one burst, in order.</summary>
    public static IEnumerable<JournalLine> Of(DateTimeOffset at, byte[] burst)
    {
        using var document = JsonDocument.Parse(burst);
        return [.. document.RootElement.GetProperty("entries").EnumerateArray().Select(e => Read(at, e))];
    }

    private static JournalLine Read(DateTimeOffset at, JsonElement entry) => new(
        entry.GetProperty("s").GetInt64(), at, entry.GetProperty("e").GetString()!, entry.GetProperty("a").GetString()!, entry.GetProperty("n").GetString()!,
        entry.GetProperty("t").GetString()!, entry.GetProperty("x").GetString()!, Text(entry, "name"), Text(entry, "p"), Text(entry, "m"),
        entry.TryGetProperty("o", out var outcomes) ? [.. outcomes.EnumerateArray().Select(o => o.GetString()!)] : null, Map(entry, "state"), Map(entry, "out"));

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonObject? Map(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? JsonObject.Create(value.Clone()) : null;
}
