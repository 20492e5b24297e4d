using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Descriptors;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>A stored version as the Studio wants to see it: no member null, a node id on every activity, only types that have a descriptor.</summary>
internal sealed class DefinitionView(ActivityTypes types)
{
    /// <summary>What the definition says of itself comes from its text; what it is (identity, version, published) from its row.</summary>
    public JsonObject Full(StoredDefinition version, bool mayEdit)
    {
        var stored = FlowDocument.Of(version);
        var view = new JsonObject
        {
            ["links"] = JsonSerializer.SerializeToNode(DefinitionLinks.Of(version.DefinitionId, mayEdit), ElsaJson.Options),
            ["id"] = version.Id,
            ["definitionId"] = version.DefinitionId,
            ["name"] = version.Name ?? version.DefinitionId,
            ["description"] = version.Description,
            ["createdAt"] = version.CreatedAt.UtcDateTime,
            ["version"] = version.Version,
            ["toolVersion"] = version.ToolVersion,
            ["variables"] = List(stored, "variables"),
            ["inputs"] = List(stored, "inputs"),
            ["outputs"] = List(stored, "outputs"),
            ["outcomes"] = List(stored, "outcomes"),
            ["customProperties"] = Map(stored, "customProperties"),
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["isLatest"] = version.IsLatest,
            ["isPublished"] = version.IsPublished,
            ["options"] = Options(stored),
            ["materializerName"] = "Json",
            ["root"] = Root(stored["root"]),
        };
        FlowDocument.GiveRevision(view, version.Revision);
        return view;
    }

    /// <summary>The version's text for other servers: nothing added but the schema by which tools know such a file.</summary>
    public static JsonObject Export(StoredDefinition version)
    {
        var stored = FlowDocument.Of(version);
        stored.Remove("$schema");
        var file = new JsonObject { ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json" };
        stored["isLatest"] = version.IsLatest;
        stored["isPublished"] = version.IsPublished;
        foreach (var (name, value) in stored.ToList())
        {
            file[name] = value?.DeepClone();
        }

        return file;
    }

    /// <summary>The activities, completed in place: a type without descriptor is wrapped, as the Studio would show nothing at all.</summary>
    /// <param name="above">Node id of what the root stands in.</param>
    public JsonNode? Root(JsonNode? root, string above = ActivityTree.WorkflowNode)
    {
        var copy = root?.DeepClone();
        ActivityTree.GiveIds(copy);
        foreach (var (activity, parent) in ActivityTree.Walk(copy, above).ToList())
        {
            activity["nodeId"] = $"{parent}:{ActivityTree.Text(activity, "id")}";
            activity["customProperties"] ??= new JsonObject();
            activity["metadata"] ??= new JsonObject();
            Known(activity);
        }

        return copy;
    }

    private void Known(JsonObject activity)
    {
        var type = ActivityTree.Text(activity, "type")!;
        if (types.VersionOf(type) is { } version)
        {
            activity["version"] = version;
            if (ActivityTypes.IsFlowchart(type))
            {
                activity["activities"] ??= new JsonArray();
                DrawnConnections.Complete(activity);
            }

            return;
        }

        if (activity.ContainsKey("workflowDefinitionId"))
        {
            // Another workflow used as an activity: its descriptor is among those of all flows.
            activity["version"] ??= 1;
            return;
        }

        MissingActivity.Wrap(activity);
    }

    private static JsonArray List(JsonObject stored, string name) => stored[name] is JsonArray list ? (JsonArray)list.DeepClone() : [];

    private static JsonObject Map(JsonObject stored, string name) => stored[name] is JsonObject map ? (JsonObject)map.DeepClone() : [];

    private static JsonObject Options(JsonObject stored)
    {
        var options = Map(stored, "options");
        options["autoUpdateConsumingWorkflows"] ??= false;
        return options;
    }
}
