using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>
/// The Studio's Test tab: one activity alone, in memory, with the variables' defaults or the test values that the Studio keeps. Nothing is stored or
/// sent; what an activity would want of the world is left undone, and one that needs a lead says so.
/// </summary>
internal static class TestActivity
{
    private const string TestValues = "VariableTestValues";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/tests/activities", Handle);

    private static async Task<IResult> Handle(HttpRequest request, ActivityCatalog catalog, IDbContextFactory<FlowEngineContext> contexts, TimeProvider clock, Engine.Ids ids, CancellationToken cancel)
    {
        var body = await ElsaJson.Body(request, cancel) ?? [];
        var versionId = (body["workflowDefinitionHandle"] as JsonObject)?.Text("definitionVersionId");
        var handle = body["activityHandle"] as JsonObject ?? [];
        await using var context = await contexts.CreateDbContextAsync(cancel);
        if (versionId is null || await context.Definitions.AsNoTracking().FirstOrDefaultAsync(d => d.Id == versionId, cancel) is not { } version)
        {
            return ElsaProblems.Of("generalErrors", "Workflow definition not found.");
        }

        var definition = FlowDocument.Of(version);
        var nodeId = handle.Text("activityNodeId");
        var found = ActivityTree.Walk(definition["root"]).FirstOrDefault(a => (nodeId is not null && $"{a.ParentNodeId}:{a.Activity.Text("id")}" == nodeId) || a.Activity.Text("id") == handle.Text("activityId"));
        if (found.Activity is not { } activity)
        {
            return ElsaProblems.Of("generalErrors", "The activity was not found. Save the flow first.");
        }

        var reading = DefinitionReader.Read(FlowDocument.Write(Alone(definition, activity)), catalog, UsedWorkflows.Of(context, version.CreatedAt));
        return reading.Graph is { } graph ? Answer(Run(graph, ids.Next(), clock.GetUtcNow()), activity.Text("id")!) : ElsaProblems.Of("generalErrors", [.. reading.Errors.Select(e => e.Message)]);
    }

    /// <summary>The definition with only this activity in it.</summary>
    private static JsonObject Alone(JsonObject definition, JsonObject activity)
    {
        var alone = (JsonObject)definition.DeepClone();
        alone["root"] = activity.DeepClone();
        if ((definition["customProperties"] as JsonObject)?[TestValues] is JsonObject values)
        {
            foreach (var variable in (alone["variables"] as JsonArray ?? []).OfType<JsonObject>().Where(v => v.Text("id") is { } id && values.ContainsKey(id)))
            {
                variable["value"] = values[variable.Text("id")!]?.DeepClone();
            }
        }

        return alone;
    }

    private static RunResult Run(WorkflowGraph graph, Guid id, DateTimeOffset now) =>
        Interpreter.Start(graph, new StartRequest(id), new RunEnvironment { Now = now, Seed = 1 });

    private static IResult Answer(RunResult run, string activityId)
    {
        var lines = run.Journal.Where(l => l.ActivityId == activityId).ToList();
        var incident = run.NewIncidents.FirstOrDefault(i => i.ActivityId == activityId);
        return ElsaJson.Ok(new JsonObject
        {
            ["activityState"] = Merged(lines.Select(l => l.ActivityState)),
            ["outputs"] = Merged(lines.Select(l => l.Outputs)),
            ["payload"] = new JsonObject { ["Outcomes"] = new JsonArray([.. lines.SelectMany(l => l.Outcomes ?? []).Select(o => (JsonNode)o)]) },
            ["exception"] = incident is null ? null : Instances.InstanceView.Failure(incident.Message, incident.ExceptionType ?? incident.Code, incident.Cause),
            ["status"] = incident is not null ? "Faulted" : lines.Exists(l => l.EventName == "Completed") ? "Completed" : "Running",
        });
    }

    private static JsonObject Merged(IEnumerable<IReadOnlyDictionary<string, object?>?> maps)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in maps.Where(m => m is not null).SelectMany(m => m!))
        {
            merged[name] = value is null ? null : JsonSerializer.SerializeToNode(value, ElsaJson.Options);
        }

        return merged;
    }
}
