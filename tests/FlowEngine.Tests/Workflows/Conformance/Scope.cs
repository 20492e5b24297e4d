using System.Text.Json;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>What a definition needs that the engine does not do yet; see docs/elsa-compatibility.md.</summary>
internal static class Scope
{
    public static string? Missing(IEnumerable<JsonElement> definitions)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (definition.TryGetProperty("root", out var root)) Collect(root, missing);
        }

        return missing.Count == 0 ? null : string.Join(", ", missing);
    }

    private static void Collect(JsonElement element, SortedSet<string> missing)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Collect(item, missing);
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        var isActivity = element.TryGetProperty("id", out _) && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String;
        if (isActivity && BuiltIn.Catalog.Find(element.GetProperty("type").GetString()!) is null) missing.Add(element.GetProperty("type").GetString()!);
        foreach (var property in element.EnumerateObject()) Collect(property.Value, missing);
    }
}
