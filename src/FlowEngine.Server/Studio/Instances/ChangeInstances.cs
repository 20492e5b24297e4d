using System.Security.Claims;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Access;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Definitions;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Instances;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>
/// Cancelling, retrying and deleting runs. A conversation's run is changed only through its mailbox: retry here is the same command as in the
/// inbox, under the same rights and in the same order.
/// </summary>
internal static class ChangeInstances
{
    private const string Reason = "Cancelled in the Studio.";
    private const string IsHistory = "The run was made elsewhere and imported as history: it does not go on here.";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/cancel/workflow-instances/{id}", CancelOne);
        api.MapPost("/bulk-actions/cancel/workflow-instances", CancelMany);
        api.MapDelete("/workflow-instances/{id}", DeleteOne);
        api.MapPost("/bulk-actions/delete/workflow-instances/by-id", DeleteMany);
        api.MapPost("/alterations/workflows/retry", Retry);
    }

    private static async Task<IResult> CancelOne(string id, ClaimsPrincipal user, RunDoors doors, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await ReadInstances.FindSummary(context, id, cancel) is not { } instance ? Results.NotFound()
            : instance.ImportedAt is not null ? ElsaProblems.Of("imported", IsHistory)
            : await Cancel(instance.Id, instance.ConversationId, user, doors, cancel) is { } problem ? ElsaProblems.Of("run", problem)
            : Results.Ok();
    }

    private static async Task<IResult> CancelMany(HttpRequest request, ClaimsPrincipal user, RunDoors doors, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } body)
        {
            return ElsaProblems.NotAnObject;
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        if (await Chosen(context, body, cancel) is not { } chosen)
        {
            return ElsaProblems.Of("ids", "Say which runs: ids, definitionVersionId or definitionId.");
        }

        var cancelled = 0;
        foreach (var run in await chosen.Select(i => new { i.Id, i.ConversationId }).ToListAsync(cancel))
        {
            cancelled += await Cancel(run.Id, run.ConversationId, user, doors, cancel) is null ? 1 : 0;
        }

        return ElsaJson.Ok(new { cancelled });
    }

    private static async Task<IQueryable<StoredInstance>?> Chosen(FlowEngineContext context, JsonObject body, CancellationToken cancel)
    {
        var live = context.Instances.AsNoTracking()
            .Where(i => i.SubStatus != (int)WorkflowSubStatus.Finished && i.SubStatus != (int)WorkflowSubStatus.Cancelled && i.ImportedAt == null);
        if (body.Texts("ids") is { Count: > 0 } texts)
        {
            var ids = Ids(texts);
            return live.Where(i => ids.Contains(i.Id));
        }

        if (body.Text("definitionVersionId") is { } versionId)
        {
            return live.Where(i => i.VersionId == versionId);
        }

        if (body.Text("definitionId") is not { } definitionId)
        {
            return null;
        }

        var versions = await context.Definitions.Where(d => d.DefinitionId == definitionId).OfVersion(body.Text("versionOptions")).Select(d => d.Id).ToListAsync(cancel);
        return live.Where(i => versions.Contains(i.VersionId));
    }

    /// <summary>Why it was not cancelled; null when it was.</summary>
    private static async Task<string?> Cancel(Guid id, Guid? conversation, ClaimsPrincipal user, RunDoors doors, CancellationToken cancel) => conversation is { } mailbox
        ? (await doors.Commands.Execute(mailbox, new EndRun(id, Reason), Actors.Of(user), null, cancel))?.Refusal?.Message
        : (await doors.Runs.Alter(id, new CancelRun(Reason), cancel))?.Problem;

    private static async Task<IResult> DeleteOne(string id, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        var (deleted, inUse) = await Delete(Ids([id]), contexts, cancel);
        return inUse > 0 ? ElsaProblems.Of("running", "The run is not over: cancel it first.") : deleted > 0 ? Results.NoContent() : Results.NotFound();
    }

    private static async Task<IResult> DeleteMany(HttpRequest request, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel) =>
        await ElsaJson.Body(request, cancel) is not { } body ? ElsaProblems.NotAnObject
        : ElsaJson.Ok(new { deleted = (await Delete(Ids(body.Texts("ids")), contexts, cancel)).Deleted });

    /// <summary>Only what is over and what no conversation holds on to; the rest is counted and left alone.</summary>
    private static async Task<(int Deleted, int InUse)> Delete(Guid[] ids, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var found = await context.Instances.Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, IsOver = i.Status == (int)WorkflowStatus.Finished || i.ImportedAt != null }).ToListAsync(cancel);
        var held = await context.Conversations.Where(c => c.FlowInstance != null && ids.Contains(c.FlowInstance.Value)).Select(c => c.FlowInstance!.Value).ToListAsync(cancel);
        var over = found.Where(i => i.IsOver && !held.Contains(i.Id)).Select(i => i.Id).ToList();
        await context.InOne(
            async () =>
            {
                await context.Journal.Where(j => over.Contains(j.InstanceId)).ExecuteDeleteAsync(cancel);
                await context.Mailboxes.Where(m => m.Kind == MailboxKind.Instance && over.Contains(m.Id)).ExecuteDeleteAsync(cancel);
                await context.Instances.Where(i => over.Contains(i.Id)).ExecuteDeleteAsync(cancel);
                return true;
            },
            cancel);
        return (over.Count, found.Count - over.Count);
    }

    /// <summary>Every open problem of these runs is tried again, as by the inbox's button.</summary>
    private static async Task<IResult> Retry(HttpRequest request, ClaimsPrincipal user, RunDoors doors, IDbContextFactory<FlowEngineContext> contexts, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } body || Ids(body.Texts("workflowInstanceIds")) is not { Length: > 0 } ids)
        {
            return ElsaProblems.Of("workflowInstanceIds", "Say which runs are to be tried again.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancel);
        var results = new List<RetryResult>();
        foreach (var run in await context.Instances.AsNoTracking().Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.ConversationId, IsImported = i.ImportedAt != null }).ToListAsync(cancel))
        {
            results.AddRange(run.IsImported ? [RetryResult.Of(run.Id, IsHistory)] : run.ConversationId is { } mailbox
                ? await RetryProblems(context, run.Id, mailbox, body.Texts("activityIds"), user, doors.Commands, cancel)
                : await RetryOwn(run.Id, body.Texts("activityIds"), doors.Runs, cancel));
        }

        return results.Count == 0 ? ElsaProblems.Of("nothing", "There is nothing to try again.") : ElsaJson.Ok(new { results });
    }

    /// <summary>All that stand faulted, or those of the activities that are named.</summary>
    private static async Task<IReadOnlyList<RetryResult>> RetryOwn(Guid run, IReadOnlyList<string> activities, Runs runs, CancellationToken cancel)
    {
        var results = new List<RetryResult>();
        foreach (var activity in activities.DefaultIfEmpty(null))
        {
            results.Add(RetryResult.Of(run, (await runs.Alter(run, new RetryRun(ActivityId: activity), cancel))?.Problem));
        }

        return results;
    }

    private static async Task<IReadOnlyList<RetryResult>> RetryProblems(
        FlowEngineContext context, Guid instance, Guid conversation, IReadOnlyList<string> activities, ClaimsPrincipal user, Commands commands, CancellationToken cancel)
    {
        var open = await context.Incidents.AsNoTracking()
            .Where(i => i.InstanceId == instance && i.ConversationId == conversation && i.ClosedAt == null && i.ActivityId != null && (activities.Count == 0 || activities.Contains(i.ActivityId)))
            .Select(i => i.Id).ToListAsync(cancel);
        var results = new List<RetryResult>();
        foreach (var incident in open)
        {
            var outcome = await commands.Execute(conversation, new RetryProblem(incident), Actors.Of(user), null, cancel);
            results.Add(RetryResult.Of(instance, outcome?.Refusal?.Message));
        }

        return results;
    }

    private static Guid[] Ids(IReadOnlyList<string> texts) => [.. texts.Select(t => Guid.TryParse(t, out var id) ? id : (Guid?)null).OfType<Guid>()];
}

/// <summary>Ways into mailboxes: a conversation's by commands, a run's own by alterations.</summary>
internal sealed record RunDoors(Commands Commands, Runs Runs);

/// <summary>What became of one retry.</summary>
internal sealed record RetryResult(Guid WorkflowInstanceId, bool IsSuccessful, string? Message)
{
    public static RetryResult Of(Guid instance, string? problem) => new(instance, problem is null, problem);
}
