using System.Text.Json.Nodes;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Definitions;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>
/// The Studio's <i>Run</i>: a run of its own, without a conversation. The Studio reads the answer's headers, and opens the run by the id that it
/// finds there; a flow that needs a conversation stops at its first conversation activity with an incident that says so.
/// </summary>
internal static class StartRuns
{
    private const string InstanceHeader = "x-elsa-workflow-instance-id";
    private const string CannotStartHeader = "x-elsa-workflow-cannot-start";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapMethods("/workflow-definitions/{definitionId}/execute", ["GET", "POST"], Execute);
        api.MapPost("/workflow-definitions/{definitionId}/dispatch", Dispatch);
    }

    private static async Task<IResult> Execute(string definitionId, HttpContext http, Runs runs, FlowVersions versions, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await Start(definitionId, http.Request, runs, versions, contexts, cancel) is not { } started)
        {
            return Results.NotFound();
        }

        var (run, outcome) = started;
        http.Response.Headers[InstanceHeader] = run.ToString();
        http.Response.Headers[CannotStartHeader] = (outcome?.Problem is not null).ToString();
        return ElsaJson.Ok(new
        {
            workflowState = new { id = run, definitionId, status = outcome?.Status.ToString() ?? "Running", subStatus = outcome?.SubStatus.ToString() ?? "Pending" },
            message = outcome?.Problem,
        });
    }

    private static async Task<IResult> Dispatch(string definitionId, HttpRequest request, Runs runs, FlowVersions versions, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) =>
        await Start(definitionId, request, runs, versions, contexts, cancel) is not { } started ? Results.NotFound()
        : started.Outcome?.Problem is { } problem ? ElsaProblems.Of("run", problem)
        : ElsaJson.Ok(new { workflowInstanceId = started.Run });

    private static async Task<(Guid Run, RunOutcome? Outcome)?> Start(
        string definitionId, HttpRequest request, Runs runs, FlowVersions versions, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        var body = await ElsaJson.Body(request, cancel) ?? [];
        await using var context = await contexts.CreateDbContextAsync(cancel);
        if (await context.FindVersion(definitionId, body.Text("versionOptions") ?? "Published", cancel) is not { } version)
        {
            return null;
        }

        await versions.Fix(version.Id, cancel);
        return await runs.Start(
            new RunStarted(definitionId, version.Id, body.Text("triggerActivityId"), InputJson: (body["input"] as JsonObject)?.ToJsonString(), CorrelationId: body.Text("correlationId")), null, cancel);
    }
}
