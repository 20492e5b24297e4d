using System.Security.Claims;
using System.Text.Json.Nodes;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Instances;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Alterations;

/// <summary>
/// Elsa's alterations: at once for runs that are named, as a plan for those that a filter finds. A run does all that is asked of it in one turn, or
/// nothing of it.
/// </summary>
internal static class AlterationCalls
{
    private const int Batch = 200;

    public static void MapRead(IEndpointRouteBuilder api) => api.MapGet("/alterations/{id}", Plan);

    public static void MapChange(IEndpointRouteBuilder api)
    {
        api.MapPost("/alterations/run", Run);
        api.MapPost("/alterations/submit", Submit);
        api.MapPost("/alterations/dry-run", DryRun);
    }

    private static async Task<IResult> Run(
        HttpRequest request, ClaimsPrincipal user, RunDoors doors, FlowVersions versions, TimeProvider clock, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } body)
        {
            return ElsaProblems.NotAnObject;
        }

        var (asked, problem) = AskedAlteration.Read(body["alterations"]);
        var (targets, unclear) = problem is null ? await Targets(contexts, new JsonObject { ["workflowInstanceIds"] = body["workflowInstanceIds"]?.DeepClone() }, cancel) : ([], problem);
        if (unclear is not null)
        {
            return ElsaProblems.Of("alterations", unclear);
        }

        var results = new List<AlterationResult>();
        foreach (var target in targets)
        {
            var alteration = await AskedAlteration.For(asked, target.DefinitionId, versions, cancel);
            var refused = await Alter(target, alteration, user, doors, cancel);
            results.Add(new AlterationResult(target.Id, new AlterationLog(AlterationPlanView.Log(alteration, refused, clock.GetUtcNow())), false, refused is null));
        }

        return ElsaJson.Ok(new { results });
    }

    private static async Task<string?> Alter(AlterationTarget target, RunAlteration alteration, ClaimsPrincipal user, RunDoors doors, CancellationToken cancel) => target.Conversation is { } mailbox
        ? (await doors.Commands.Execute(mailbox, new AlterRun(target.Id, alteration), Actors.Of(user), null, cancel))?.Refusal?.Message
        : (await doors.Runs.Alter(target.Id, alteration, cancel))?.Problem;

    private static async Task<IResult> Submit(
        HttpRequest request, ClaimsPrincipal user, Intake intake, Ids ids, FlowVersions versions, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } body)
        {
            return ElsaProblems.NotAnObject;
        }

        // Older clients name the runs beside the alterations instead of in a filter.
        var filter = body["filter"] as JsonObject ?? new JsonObject { ["workflowInstanceIds"] = body["workflowInstanceIds"]?.DeepClone() };
        var (asked, problem) = AskedAlteration.Read(body["alterations"]);
        var (targets, unclear) = problem is null ? await Targets(contexts, filter, cancel) : ([], problem);
        if (unclear is not null || targets.Count is 0 or > AlterationTargets.Most)
        {
            return ElsaProblems.Of("filter", unclear ?? (targets.Count == 0 ? "The filter finds no run." : $"The filter finds more than {AlterationTargets.Most} runs: narrow it."));
        }

        var plan = AlterationPlan.NewId(ids);
        var jobs = new List<NewEvent>();
        foreach (var target in targets)
        {
            jobs.Add(AlterationPlan.Job(plan, jobs.Count + 1, target, await AskedAlteration.For(asked, target.DefinitionId, versions, cancel), Actors.Of(user)));
        }

        foreach (var batch in jobs.Chunk(Batch))
        {
            await intake.Accept(batch, cancel);
        }

        return ElsaJson.Ok(new { planId = plan });
    }

    private static async Task<IResult> DryRun(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } filter)
        {
            return ElsaProblems.NotAnObject;
        }

        var (targets, unclear) = await Targets(contexts, filter, cancel);
        return unclear is null ? ElsaJson.Ok(new { workflowInstanceIds = targets.Select(t => t.Id) }) : ElsaProblems.Of("filter", unclear);
    }

    private static async Task<IResult> Plan(string id, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return Guid.TryParse(id, out var plan) && await AlterationPlan.Find(context, plan, cancel) is { } found ? ElsaJson.Ok(found) : Results.NotFound();
    }

    private static async Task<(IReadOnlyList<AlterationTarget> Targets, string? Problem)> Targets(IDbContextFactory<FlowEngineContext> contexts, JsonObject filter, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await AlterationTargets.Find(context, filter, cancel);
    }
}

/// <param name="WorkflowHasScheduledWork">Always false: what an alteration sets going has run when it is answered.</param>
internal sealed record AlterationResult(Guid WorkflowInstanceId, AlterationLog Log, bool WorkflowHasScheduledWork, bool IsSuccessful);

internal sealed record AlterationLog(IReadOnlyList<AlterationPlanView.Line> LogEntries);
