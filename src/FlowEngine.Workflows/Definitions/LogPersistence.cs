using System.Text.Json;

namespace FlowEngine.Workflows.Definitions;

/// <summary>
/// Which inputs and outputs the journal keeps (Elsa's log persistence modes): said for a property, else for its activity, else for the
/// workflow, else kept. Both forms are read: <c>logPersistenceMode</c> with words, <c>logPersistenceConfig</c> with strategies.
/// </summary>
internal static class LogPersistence
{
    /// <summary>For each input whether it is kept; null when all are.</summary>
    public static bool[]? Inputs(ActivityNode node, JsonElement workflow) => Of(node, workflow, "inputs", node.Shape.Inputs.Select(i => i.JsonName));

    public static bool[]? Outputs(ActivityNode node, JsonElement workflow) => Of(node, workflow, "outputs", node.Shape.Outputs.Select(o => o.JsonName));

    private static bool[]? Of(ActivityNode node, JsonElement workflow, string group, IEnumerable<string> names)
    {
        var (own, general) = (Config(node.Json), Config(workflow));
        if (own is null && general is null) return null;
        var fallback = Mode(own, "default") ?? Mode(general, "default") ?? true;
        var properties = own is { } config ? Json.Property(config, group) : null;
        var kept = names.Select(name => Mode(properties, name) ?? fallback).ToArray();
        return Array.TrueForAll(kept, k => k) ? null : kept;
    }

    private static JsonElement? Config(JsonElement holder)
    {
        var bag = Json.Property(holder, "customProperties") ?? default;
        return Json.Property(bag, "logPersistenceConfig") ?? Json.Property(bag, "logPersistenceMode");
    }

    /// <summary>Null inherits.</summary>
    private static bool? Mode(JsonElement? config, string name)
    {
        if (config is not { ValueKind: JsonValueKind.Object } found || Json.Property(found, name) is not { } entry) return null;
        var word = entry.ValueKind == JsonValueKind.String ? entry.GetString() : Json.Text(entry, "strategyType");
        if (word is null || word.Contains("Inherit", StringComparison.OrdinalIgnoreCase)) return null;
        return !word.Contains("Exclude", StringComparison.OrdinalIgnoreCase);
    }
}
