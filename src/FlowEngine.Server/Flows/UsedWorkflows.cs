using System.Text.Json;
using FlowEngine.Server.Persistence;
using FlowEngine.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>
/// Workflows that a definition uses as activities. Which version is meant depends only on when the definition was made, and versions never
/// change: so a run finds the same activities in it after every restart, whatever has been published since.
/// </summary>
public static class UsedWorkflows
{
    /// <param name="asOf">When the version that uses them was made.</param>
    public static FindWorkflow Of(FlowEngineContext context, DateTimeOffset asOf) => reference =>
    {
        var known = context.Definitions.AsNoTracking().Select(d => new Known(d.Id, d.DefinitionId, d.Name, d.Version, d.CreatedAt)).ToList();
        return Choose(known, reference, asOf) is { } id && context.Definitions.AsNoTracking().Where(d => d.Id == id).Select(d => d.Json).First() is var json && IsUsable(json) ? json : null;
    };

    /// <summary>Elsa's order: the version that is named, else type and version, else the newest of the definition that was there.</summary>
    private static string? Choose(List<Known> known, WorkflowReference reference, DateTimeOffset asOf)
    {
        var sameType = known.Where(k => WorkflowReference.TypeNameOf(k.Name ?? k.DefinitionId) == reference.TypeName).ToList();
        var exact = known.Find(k => k.Id == reference.VersionId) ?? sameType.Find(k => k.Version == reference.Version);
        if (exact is not null)
        {
            return exact.Id;
        }

        var same = known.Where(k => k.DefinitionId == reference.DefinitionId).ToList();
        var versions = (same.Count > 0 ? same : sameType).OrderByDescending(k => k.Version).ToList();
        return (versions.Find(k => k.CreatedAt <= asOf) ?? versions.LastOrDefault())?.Id;
    }

    /// <summary>By its options, or by the flag that old files have on top.</summary>
    public static bool IsUsable(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return IsTrue(root, "usableAsActivity") || (root.TryGetProperty("options", out var options) && IsTrue(options, "usableAsActivity"));
    }

    private static bool IsTrue(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private sealed record Known(string Id, string DefinitionId, string? Name, int Version, DateTimeOffset CreatedAt);
}
