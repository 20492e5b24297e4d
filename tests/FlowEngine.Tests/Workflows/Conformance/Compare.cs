using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>Comparisons that answer a sentence when something differs, else null.</summary>
internal static class Compare
{
    public static string? Lines(JsonElement expected, IReadOnlyList<string> actual) =>
        Sequence("lines", expected.EnumerateArray().Select(l => l.GetString()!), actual);

    public static string? Sequence(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var wanted = string.Join(" | ", expected);
        var got = string.Join(" | ", actual);
        return wanted == got ? null : $"{what}: expected [{wanted}], got [{got}]";
    }

    public static string? Text(string what, string? expected, string? actual) =>
        expected == actual ? null : $"{what}: expected {expected ?? "null"}, got {actual ?? "null"}";

    public static string? Bookmarks(JsonElement expected, WorkflowInstance instance) => Sequence(
        "bookmarks",
        expected.EnumerateArray().Select(b => $"{b.GetProperty("name").GetString()}@{b.GetProperty("activityId").GetString()}").Order(StringComparer.Ordinal),
        instance.Bookmarks.Select(b => $"{b.Name}@{b.ActivityId}").Order(StringComparer.Ordinal));

    /// <summary>Alterations are journalled by the alteration module, which is not part of this engine.</summary>
    public static string? Journal(IEnumerable<(string ActivityId, string Event)> expected, IEnumerable<JournalEntry> actual, bool withoutCancel = false)
    {
        bool IsCompared(string name) => !name.StartsWith("Alteration", StringComparison.Ordinal) && !(withoutCancel && name is "Canceled" or "Workflow cancelled");
        return Sequence(
            "journal",
            Once(expected).Where(e => IsCompared(e.Event)).Select(e => $"{e.ActivityId}:{e.Event}"),
            actual.Where(e => IsCompared(e.EventName)).Select(e => $"{e.ActivityId}:{e.EventName}"));
    }

    /// <summary>Elsa closes a flowchart twice when something in it waited while it ended; here each execution is closed once.</summary>
    private static IEnumerable<(string ActivityId, string Event)> Once(IEnumerable<(string ActivityId, string Event)> entries)
    {
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Event == "Started") open[entry.ActivityId] = open.GetValueOrDefault(entry.ActivityId) + 1;
            if (entry.Event == "Completed" && --System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(open, entry.ActivityId, out _) < 0) continue;
            yield return entry;
        }
    }

    /// <summary>Each expected member is there with an equal value; numbers are compared as numbers.</summary>
    public static string? Values(string what, IEnumerable<(string Name, JsonElement Value)> expected, IReadOnlyDictionary<string, object?> actual)
    {
        foreach (var (name, value) in expected)
        {
            var got = JsonSerializer.SerializeToNode(actual.GetValueOrDefault(name));
            var wanted = JsonNode.Parse(value.GetRawText());
            if (!IsEqual(wanted, got)) return $"{what} {name}: expected {value.GetRawText()}, got {got?.ToJsonString() ?? "null"}";
        }

        return null;
    }

    private static bool IsEqual(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(p => b.ContainsKey(p.Key) && IsEqual(p.Value, b[p.Key])),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(p => IsEqual(p.First, p.Second)),
        _ => IsRandomId(one) || JsonNode.DeepEquals(one, other) || (Number(one) is { } x && x == Number(other)),
    };

    /// <summary>Sixteen hexadecimal digits are an instance id of the recording (its own note).</summary>
    private static bool IsRandomId(JsonNode expected) =>
        expected.GetValueKind() == JsonValueKind.String && expected.GetValue<string>() is { Length: 16 } text && text.All(char.IsAsciiHexDigitLower);

    private static double? Number(JsonNode node) => node.GetValueKind() == JsonValueKind.Number ? node.Deserialize<double>() : null;
}
