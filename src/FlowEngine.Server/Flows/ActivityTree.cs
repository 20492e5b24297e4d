using System.Text.Json.Nodes;

namespace FlowEngine.Server.Flows;

/// <summary>The activities in a definition's JSON, found by their shape, so that types which nobody knows are found too.</summary>
public static class ActivityTree
{
    /// <summary>Id of the workflow's own activity, with which every node id begins.</summary>
    public const string WorkflowNode = "Workflow1";

    /// <summary>Members of an activity in which no activity stands.</summary>
    private static readonly HashSet<string> Leaves = new(StringComparer.Ordinal)
    {
        "metadata", "customProperties", "variables", "expression", "memoryReference", "connections", "condition", "transitions",
    };

    /// <summary>Every activity from here on, parents first, with the node id of what it stands in.</summary>
    public static IEnumerable<(JsonObject Activity, string ParentNodeId)> Walk(JsonNode? node, string parent = WorkflowNode)
    {
        if (node is JsonArray list)
        {
            foreach (var found in list.SelectMany(item => Walk(item, parent)))
            {
                yield return found;
            }
        }
        else if (node is JsonObject item)
        {
            if (IsActivity(item))
            {
                yield return (item, parent);
                parent = $"{parent}:{Text(item, "id")}";
            }

            foreach (var found in item.Where(p => !Leaves.Contains(p.Key)).ToList().SelectMany(p => Walk(p.Value, parent)))
            {
                yield return found;
            }
        }
    }

    /// <summary>Gives an id to every activity that has none, as the reader of definitions does: short type name and a counter.</summary>
    public static void GiveIds(JsonNode? root)
    {
        var taken = Walk(root).Select(a => Text(a.Activity, "id")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var counters = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (activity, _) in Walk(root).Where(a => Text(a.Activity, "id") is null))
        {
            var type = Text(activity, "type")!;
            var name = type[(type.LastIndexOf('.') + 1)..];
            do
            {
                counters[name] = counters.GetValueOrDefault(name) + 1;
            }
            while (!taken.Add($"{name}{counters[name]}"));
            activity["id"] = $"{name}{counters[name]}";
        }
    }

    /// <summary>The activities that stand directly in a member of an activity.</summary>
    public static IEnumerable<JsonObject> Top(string member, JsonNode? value) => Leaves.Contains(member) ? [] : value switch
    {
        JsonArray list => list.SelectMany(item => Top(member, item)),
        JsonObject item when IsActivity(item) => [item],
        JsonObject item => item.SelectMany(m => Top(m.Key, m.Value)),
        _ => [],
    };

    /// <summary>A text member; null when it is missing, empty or something else.</summary>
    public static string? Text(JsonObject item, string name) =>
        item[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static bool IsActivity(JsonObject item) =>
        Text(item, "type") is { } type && !item.ContainsKey("typeName") && (Text(item, "id") is not null || type.Contains('.', StringComparison.Ordinal));
}
