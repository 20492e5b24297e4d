using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Verification;
using FlowEngine.Server.Persistence;
using FlowEngine.Workflows.Activities;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>
/// Makes the latest version the one that new runs start with, or none. What starts a flow is a property of its published version, so that changing
/// the version changes the triggers in the same transaction. Runs stay on the version that they started with.
/// </summary>
public sealed class FlowPublishing(
    IDbContextFactory<FlowEngineContext> contexts, ActivityCatalog catalog, FlowLibrary library, PublishedFlows published, TimeProvider clock)
{
    /// <summary>Verifies and publishes. What cannot run is refused with the reasons and stays a draft.</summary>
    public async Task<FlowOutcome> Publish(string definitionId, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var company = await Facts(context, cancel);
        var outcome = FlowOutcome.NotFound;
        await context.InOne(
            async () =>
            {
                if (await FlowDrafts.Latest(context, definitionId, cancel) is not { } latest)
                {
                    return false;
                }

                var (graph, findings) = FlowVerifier.Verify(latest.Json, catalog, company, UsedWorkflows.Of(context, latest.CreatedAt));
                outcome = new FlowOutcome(graph is null ? FlowChange.Refused : latest.IsPublished ? FlowChange.Already : FlowChange.Done, latest, findings);
                if (outcome.Change != FlowChange.Done)
                {
                    return false;
                }

                await context.Definitions.Where(d => d.DefinitionId == definitionId && d.IsPublished).ExecuteUpdateAsync(d => d.SetProperty(x => x.IsPublished, false), cancel);
                latest.IsPublished = true;
                latest.FixedAt ??= clock.GetUtcNow();
                FlowDocument.Store(FlowDocument.Of(latest), latest);
                await TimedTriggers.Write(context, graph!, clock.GetUtcNow(), cancel);
                await context.SaveChangesAsync(cancel);
                return true;
            },
            cancel);
        if (outcome.Change == FlowChange.Done)
        {
            // Committed: dying here, the next start loads the version as published. Whoever went away meanwhile has published all the same.
            await published.Load(library, CancellationToken.None);
        }

        return outcome;
    }

    /// <summary>New runs do not start any more; those under way go on.</summary>
    public async Task<FlowOutcome> Retract(string definitionId, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var versions = context.Definitions.Where(d => d.DefinitionId == definitionId);
        var retracted = await context.InOne(
            async () =>
            {
                await TimedTriggers.Remove(context, definitionId, cancel);
                return await versions.Where(d => d.IsPublished).ExecuteUpdateAsync(d => d.SetProperty(x => x.IsPublished, false), cancel) > 0;
            },
            cancel);
        if (retracted > 0)
        {
            await published.Load(library, CancellationToken.None);
        }

        return await versions.AsNoTracking().FirstOrDefaultAsync(d => d.IsLatest, cancel) is not { } latest ? FlowOutcome.NotFound
            : retracted > 0 ? new FlowOutcome(FlowChange.Done, latest)
            : FlowOutcome.Refused("notPublished") with { Version = latest };
    }

    /// <summary>What the verifier says of a version or of a text that is stored nowhere.</summary>
    public async Task<IReadOnlyList<Finding>> Check(ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return FlowVerifier.Verify(json, catalog, await Facts(context, cancel), UsedWorkflows.Of(context, clock.GetUtcNow())).Findings;
    }

    private static async Task<CompanyFacts> Facts(FlowEngineContext context, CancellationToken cancel)
    {
        var departments = await context.Departments.Select(d => d.Key).ToListAsync(cancel);
        var staffed = await context.DepartmentMembers.Where(m => context.Agents.Any(a => a.Id == m.AgentId && a.Active)).Select(m => m.DepartmentKey).Distinct().ToListAsync(cancel);
        var templates = await context.Templates.Where(t => t.Status == "APPROVED").Select(t => t.Name).Distinct().ToListAsync(cancel);
        return new CompanyFacts(departments.ToHashSet(StringComparer.Ordinal), staffed.ToHashSet(StringComparer.Ordinal), templates.ToHashSet(StringComparer.Ordinal));
    }
}
