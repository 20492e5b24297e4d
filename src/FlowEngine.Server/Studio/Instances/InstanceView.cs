using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>A run with its state as the viewer reads it.</summary>
internal static class InstanceView
{
    public static JsonObject Whole(StoredInstance row, FlowLibrary flows)
    {
        var view = (JsonObject)JsonSerializer.SerializeToNode(InstanceSummary.Of(row), ElsaJson.Options)!;
        view["workflowState"] = State(row, flows);
        return view;
    }

    /// <summary>The definition's variables with their values, for the viewer's table.</summary>
    public static IReadOnlyList<JsonObject> Variables(StoredInstance row, FlowLibrary flows) => RunHistory.Of(row) is { } history ? history.Variables(flows) : Open(row, flows) is not { } instance ? [] :
        [.. instance.DeclaredVariables.Select(v => new JsonObject { ["id"] = v.Id, ["name"] = v.Name, ["value"] = Node(v.Value) })];

    public static JsonObject State(StoredInstance row, FlowLibrary flows) => RunHistory.Of(row)?.State ?? State(row, Open(row, flows));

    private static JsonObject State(StoredInstance row, WorkflowInstance? instance) => new()
    {
        ["id"] = row.Id.ToString(),
        ["definitionId"] = row.DefinitionId,
        ["definitionVersionId"] = row.VersionId,
        ["definitionVersion"] = row.Version,
        ["correlationId"] = row.CorrelationId,
        ["name"] = row.Name,
        ["status"] = ((WorkflowStatus)row.Status).ToString(),
        ["subStatus"] = ((WorkflowSubStatus)row.SubStatus).ToString(),
        ["isExecuting"] = false,
        ["isSystem"] = false,
        ["bookmarks"] = new JsonArray([.. (instance?.Bookmarks ?? []).Select(Bookmark)]),
        ["incidents"] = new JsonArray([.. (instance?.Incidents ?? []).Select(Incident)]),
        ["completionCallbacks"] = new JsonArray(),
        ["activityExecutionContexts"] = new JsonArray(Root(row, instance)),
        ["scheduledActivities"] = new JsonArray(),
        ["input"] = Map(instance?.Input),
        ["output"] = Map(instance?.Output),
        ["properties"] = new JsonObject(),
        ["createdAt"] = row.CreatedAt.UtcDateTime,
        ["updatedAt"] = row.UpdatedAt.UtcDateTime,
        ["finishedAt"] = row.FinishedAt?.UtcDateTime,
    };

    /// <summary>Null when its version cannot be read any more; then only the columns speak.</summary>
    private static WorkflowInstance? Open(StoredInstance row, FlowLibrary flows)
    {
        try
        {
            return flows.FindVersion(row.VersionId) is { } graph ? InstanceState.Read(row.State, graph) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static JsonNode Bookmark(Bookmark bookmark) => new JsonObject
    {
        ["id"] = bookmark.Id,
        ["name"] = bookmark.Name,
        ["hash"] = bookmark.Hash,
        ["payload"] = bookmark.Payload?.DeepClone(),
        ["activityId"] = bookmark.ActivityId,
        ["activityNodeId"] = bookmark.NodeId,
        ["activityInstanceId"] = bookmark.ActivityInstanceId,
        ["createdAt"] = bookmark.CreatedAt.UtcDateTime,
        ["dueAt"] = bookmark.DueAt?.UtcDateTime,
        ["autoBurn"] = bookmark.AutoBurn,
    };

    private static JsonNode Incident(Incident incident) => new JsonObject
    {
        ["activityId"] = incident.ActivityId,
        ["activityNodeId"] = incident.NodeId,
        ["activityInstanceId"] = incident.ActivityInstanceId,
        ["activityType"] = incident.ActivityType,
        ["message"] = incident.Message,
        ["exception"] = Failure(incident.Message, incident.ExceptionType ?? incident.Code, incident.Cause),
        ["timestamp"] = incident.At.UtcDateTime,
    };

    /// <summary>What the viewer shows of a failure: its message, and as inner exception what lies behind it.</summary>
    public static JsonObject Failure(string message, string? type, string? cause) => new()
    {
        ["type"] = type ?? "FlowEngine.Fault",
        ["message"] = message,
        ["innerException"] = cause is null ? null : new JsonObject { ["type"] = "Cause", ["message"] = cause },
    };

    private static JsonObject Root(StoredInstance row, WorkflowInstance? instance) => new JsonObject
    {
        ["id"] = $"{row.Id}.1",
        ["parentContextId"] = null,
        ["scheduledActivityNodeId"] = Flows.ActivityTree.WorkflowNode,
        ["properties"] = new JsonObject { ["Variables"] = Map(instance?.DeclaredVariables.ToDictionary(v => v.Id, v => v.Value)) },
        ["metadata"] = new JsonObject(),
        ["activityState"] = new JsonObject(),
        ["dynamicVariables"] = new JsonArray(),
        ["status"] = instance is null || row.Status == (int)WorkflowStatus.Finished ? "Completed" : "Running",
        ["startedAt"] = row.CreatedAt.UtcDateTime,
    };

    private static JsonObject Map(IReadOnlyDictionary<string, object?>? values)
    {
        var map = new JsonObject();
        foreach (var (name, value) in values ?? new Dictionary<string, object?>())
        {
            map[name] = Node(value);
        }

        return map;
    }

    private static JsonNode? Node(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, ElsaJson.Options);
}
