using System.Text.Json;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>Workflows of a case that others of it use as activities, found as Elsa finds them (workflow-format, section 4).</summary>
internal static class WorkflowFiles
{
    public static FindWorkflow Finder(IReadOnlyList<byte[]> files) => reference =>
    {
        var known = files.Select(f => (Json: f, Root: JsonDocument.Parse(f).RootElement)).ToArray();
        var found = known.LastOrDefault(k => reference.VersionId is not null && Text(k.Root, "id") == reference.VersionId);
        if (found.Json is null) found = known.LastOrDefault(k => TypeName(k.Root) == reference.TypeName && k.Root.GetProperty("version").GetInt32() == reference.Version);
        if (found.Json is null) found = known.LastOrDefault(k => reference.DefinitionId is not null && Text(k.Root, "definitionId") == reference.DefinitionId);
        if (found.Json is null) found = known.LastOrDefault(k => TypeName(k.Root) == reference.TypeName);
        return found.Json;
    };

    private static string? TypeName(JsonElement root) => Text(root, "name") is { } name ? WorkflowReference.TypeNameOf(name) : null;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
