using System.Text.Json.Nodes;
using FlowEngine.Engine.Flows;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>What is kept of a run that was made elsewhere: its state as the viewer reads it, and no more.</summary>
internal sealed record RunHistory(string VersionId, JsonObject State)
{
    /// <summary>Null for a run of our own.</summary>
    public static RunHistory? Of(StoredInstance row) => row.ImportedAt is null ? null
        : new RunHistory(row.VersionId, FlowDocument.Parse(row.State, out var error) ?? throw new InvalidDataException($"The history of run {row.Id} cannot be read: {error.Message}"));

    /// <summary>The definition's variables that the file had a value of, in the definition's order.</summary>
    public IReadOnlyList<JsonObject> Variables(FlowLibrary flows)
    {
        var root = State["activityExecutionContexts"]!.AsArray().OfType<JsonObject>().FirstOrDefault(c => c.Text("parentContextId") is null);
        var values = (root?["properties"] as JsonObject)?["Variables"] as JsonObject ?? [];
        return [.. (flows.FindVersion(VersionId)?.DeclaredVariables ?? []).Where(v => values.ContainsKey(v.Id))
            .Select(v => new JsonObject { ["id"] = v.Id, ["name"] = v.Name, ["value"] = values[v.Id]?.DeepClone() })];
    }
}
