using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>
/// Parts of a definition by node id: what stands in a workflow that is used as an activity, and the way to an activity that lies deeper than what
/// is on the screen.
/// </summary>
internal static class GraphCalls
{
    /// <summary>Containers that are drawn in place; the others are entered through a port.</summary>
    private static readonly HashSet<string> DrawnInPlace = new(StringComparer.Ordinal) { "Elsa.Flowchart", "Elsa.Sequence", "Elsa.StateMachine" };

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workflow-definitions/subgraph/{id}", Subgraph);
        api.MapGet("/workflow-definitions/subgraph/segments/{id}", Segments);
    }

    private static async Task<IResult> Subgraph(string id, HttpRequest request, DefinitionView view, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        var path = await PathTo(id, new ElsaQuery(request).Text("parentNodeId"), view, contexts, cancel);
        return path is [.., var step] ? ElsaJson.Ok(Node(step)) : Results.NotFound();
    }

    private static async Task<IResult> Segments(string id, HttpRequest request, DefinitionView view, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await PathTo(id, new ElsaQuery(request).Text("childNodeId"), view, contexts, cancel) is not [.., var child] path)
        {
            return Results.NotFound();
        }

        var container = path.Count > 1 ? path[^2] : child;
        var segments = path.Zip(path.Skip(1)).Where(p => !DrawnInPlace.Contains(TypeOf(p.First))).Select(p => new
        {
            activityNodeId = Text(p.First, "nodeId"),
            activityId = Text(p.First, "id"),
            activityType = TypeOf(p.First),
            portName = p.Second.Port,
            activityName = Text(p.First, "name"),
        });
        return ElsaJson.Ok(new { childNode = Node(child), container = Node(container), pathSegments = segments });
    }

    /// <summary>The activities from the root down to the one of that node id; null when there is none.</summary>
    private static async Task<IReadOnlyList<Step>?> PathTo(string id, string? nodeId, DefinitionView view, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        if (nodeId is null || await context.Definitions.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } version)
        {
            return null;
        }

        var definition = FlowDocument.Of(version);
        var root = view.Root(definition["root"]);
        FillUsed(root, view, UsedWorkflows.Of(context, version.CreatedAt), depth: 0);
        return Find(new Step(null, root as JsonObject ?? []), nodeId);
    }

    /// <summary>Puts the root of each workflow that is used as an activity into it, with the node ids that runs have.</summary>
    private static void FillUsed(JsonNode? root, DefinitionView view, Workflows.Definitions.FindWorkflow find, int depth)
    {
        if (depth > 8)
        {
            return;
        }

        foreach (var (activity, _) in ActivityTree.Walk(root).Where(a => a.Activity.ContainsKey("workflowDefinitionId") && !a.Activity.ContainsKey("root")).ToList())
        {
            var reference = new Workflows.Definitions.WorkflowReference(
                ActivityTree.Text(activity, "type")!, activity.Number("version"), ActivityTree.Text(activity, "workflowDefinitionId"), ActivityTree.Text(activity, "workflowDefinitionVersionId"));
            if (find(reference) is { } json && FlowDocument.Parse(json.Span, out _) is { } used)
            {
                var inner = view.Root(used["root"], ActivityTree.Text(activity, "nodeId")!);
                FillUsed(inner, view, find, depth + 1);
                activity["root"] = inner;
            }
        }
    }

    private static List<Step>? Find(Step step, string nodeId)
    {
        if (Text(step, "nodeId") == nodeId)
        {
            return [step];
        }

        foreach (var child in Children(step).Where(c => Text(c, "nodeId") is { } id && (nodeId == id || nodeId.StartsWith(id + ":", StringComparison.Ordinal))))
        {
            if (Find(child, nodeId) is { } path)
            {
                path.Insert(0, step);
                return path;
            }
        }

        return null;
    }

    private static IEnumerable<Step> Children(Step step) =>
        step.Activity.SelectMany(member => ActivityTree.Top(member.Key, member.Value).Select(child => new Step(char.ToUpperInvariant(member.Key[0]) + member.Key[1..], child)));

    private static JsonObject Node(Step step) => new()
    {
        ["activity"] = step.Activity.DeepClone(),
        ["nodeId"] = Text(step, "nodeId"),
        ["port"] = step.Port,
        ["parents"] = new JsonArray(),
        ["children"] = new JsonArray([.. Children(step).Select(c => (JsonNode)Node(c))]),
    };

    private static string? Text(Step step, string member) => ActivityTree.Text(step.Activity, member);

    private static string TypeOf(Step step) => Text(step, "type") ?? "";

    /// <param name="Port">The member of its container in which it stands, as a port's name.</param>
    private sealed record Step(string? Port, JsonObject Activity);
}
