using System.Text.Json;
using FlowEngine.Server.CSharp;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>What a definition needs that the engine does not do yet; see docs/elsa-compatibility.md.</summary>
internal static class Scope
{
    /// <summary>Elsa's own that are not here. Any other type that nobody knows is what a case may be about: it faults when it is reached.</summary>
    private static readonly HashSet<string> NotHere =
    [
        "Elsa.StateMachine", "Elsa.ReadLine", "Elsa.RunPython", "Elsa.Inline", "Elsa.SendEmail", "Elsa.BpmnProcess", "Elsa.Log", "Elsa.HttpFile", "Elsa.ReadFile", "Elsa.WriteFile",
    ];

    /// <summary>Cases are trusted as an administrator may trust the flows of a company: their C# runs.</summary>
    public static ActivityCatalog Catalog { get; } = BuiltIn.Trusting(new CSharpCompiler().Compile);

    public static string? Missing(JsonElement[] definitions)
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
        var name = isActivity ? element.GetProperty("type").GetString()! : "";
        if (isActivity && NotHere.Contains(name) && Catalog.Find(name) is null) missing.Add(name);
        foreach (var property in element.EnumerateObject()) Collect(property.Value, missing);
    }
}
