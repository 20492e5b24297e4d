using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>What became of the activities of a run: badges, and the executions of one of them.</summary>
internal static class ActivityCalls
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/activity-executions/report", Report);
        api.MapGet("/activity-executions/list", (HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) => List(request, contexts, r => r.Whole(), cancel));
        api.MapGet("/activity-execution-summaries/list", (HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) => List(request, contexts, r => r.Summary(), cancel));
        api.MapGet("/activity-executions/count", Count);
        api.MapGet("/activity-executions/by-id", (HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) =>
            ById(new ElsaQuery(request).Text("id") ?? "", contexts, cancel));
        api.MapGet("/activity-executions/{id}", ById);
        api.MapGet("/activity-executions/{id}/call-stack", CallStack);
        api.MapGet("/resilience/retries/{id}", Retries);
    }

    private static async Task<IResult> Report(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } body || !Guid.TryParse(body.Text("workflowInstanceId"), out var instance))
        {
            return ElsaProblems.Of("workflowInstanceId", "The request names no run.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        var wanted = body.Texts("activityNodeIds");
        var records = await ActivityRecord.Read(context, instance, cancel);
        return ElsaJson.Ok(new { stats = ActivityStats.Of(records.Where(r => wanted.Count == 0 || wanted.Contains(r.First.NodeId))) });
    }

    private static async Task<IResult> List(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, Func<ActivityRecord, JsonObject> show, CancellationToken cancel) =>
        ElsaJson.Ok(new ElsaList<JsonObject>([.. (await Asked(request, contexts, cancel)).Select(show)]));

    private static async Task<IResult> Count(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) =>
        ElsaJson.Ok(new { count = (await Asked(request, contexts, cancel)).Count() });

    private static async Task<IEnumerable<ActivityRecord>> Asked(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        var query = new ElsaQuery(request);
        if (!Guid.TryParse(query.Text("WorkflowInstanceId"), out var instance))
        {
            return [];
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        var node = query.Text("ActivityNodeId");
        return (await ActivityRecord.Read(context, instance, cancel)).Where(r => node is null || r.First.NodeId == node);
    }

    private static async Task<IResult> ById(string id, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) =>
        (await OfItsRun(id, contexts, cancel)).FirstOrDefault(r => r.Id == id) is { } record ? ElsaJson.Ok(record.Whole()) : Results.NotFound();

    private static async Task<IResult> Retries(string id, HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        var query = new ElsaQuery(request);
        var attempts = (await OfItsRun(id, contexts, cancel)).FirstOrDefault(r => r.Id == id)?.Retried ?? [];
        return ElsaJson.Ok(new ElsaPage<RetryAttempt>([.. attempts.Skip(query.Number("skip") ?? 0).Take(query.Number("take") ?? int.MaxValue)], attempts.Count));
    }

    /// <summary>From the workflow down to this execution.</summary>
    private static async Task<IResult> CallStack(string id, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        var records = (await OfItsRun(id, contexts, cancel)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var stack = new List<JsonObject>();
        for (var at = records.GetValueOrDefault(id); at is not null; at = at.First.Parent is { } parent ? records.GetValueOrDefault(parent) : null)
        {
            stack.Insert(0, at.Whole());
        }

        for (var depth = 0; depth < stack.Count; depth++)
        {
            stack[depth]["callStackDepth"] = depth;
        }

        return stack.Count == 0 ? Results.NotFound() : ElsaJson.Ok(new { activityExecutionId = id, items = stack, totalCount = stack.Count });
    }

    /// <summary>An execution's id begins with its run's (decision 5).</summary>
    private static async Task<IReadOnlyList<ActivityRecord>> OfItsRun(string id, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (!Guid.TryParse(id.Split('.')[0], out var instance))
        {
            return [];
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await ActivityRecord.Read(context, instance, cancel);
    }
}
