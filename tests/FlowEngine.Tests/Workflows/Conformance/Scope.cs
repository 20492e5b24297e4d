using System.Text.Json;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>What a definition needs that the engine does not do yet; see docs/elsa-compatibility.md.</summary>
internal static class Scope
{
    public static string? Missing(JsonElement[] definitions)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var workflows = definitions.Select(d => d.TryGetProperty("name", out var name) ? WorkflowReference.TypeNameOf(name.GetString() ?? "") : "").ToHashSet(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (definition.TryGetProperty("root", out var root)) Collect(root, workflows, missing);
        }

        return missing.Count == 0 ? null : string.Join(", ", missing);
    }

    private static void Collect(JsonElement element, HashSet<string> workflows, SortedSet<string> missing)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Collect(item, workflows, missing);
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        var isActivity = element.TryGetProperty("id", out _) && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String;
        var name = isActivity ? element.GetProperty("type").GetString()! : "";
        if (isActivity && BuiltIn.Catalog.Find(name) is null && !workflows.Contains(name)) missing.Add(name);
        foreach (var property in element.EnumerateObject()) Collect(property.Value, workflows, missing);
    }
}
