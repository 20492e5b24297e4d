using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>The history of a definition: going back to an earlier version, and deleting. What is deleted is hidden and kept for the runs that stand on it.</summary>
public sealed class FlowVersions(
    IDbContextFactory<FlowEngineContext> contexts, FlowDrafts drafts, FlowLibrary library, PublishedFlows published, TimeProvider clock)
{
    /// <summary>An earlier version becomes the latest draft, as a new version; nothing of the history is changed.</summary>
    public async Task<FlowOutcome> Revert(string definitionId, int version, FlowEditor editor, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var outcome = FlowOutcome.NotFound;
        await context.InOne(
            async () =>
            {
                var earlier = await context.Definitions.AsNoTracking().FirstOrDefaultAsync(d => d.DefinitionId == definitionId && d.Version == version && d.DeletedAt == null, cancel);
                if (earlier is null)
                {
                    return false;
                }

                var latest = await FlowDrafts.Latest(context, definitionId, cancel);
                var next = await drafts.Next(context, definitionId, latest, null, cancel);
                FlowDrafts.Sign(next, latest, editor);
                FlowDocument.Store(FlowDocument.Of(earlier), next);
                await context.SaveChangesAsync(cancel);
                outcome = new FlowOutcome(FlowChange.Done, next);
                return true;
            },
            cancel);
        return outcome;
    }

    /// <summary>The whole definition goes; false when there is none.</summary>
    public async Task<bool> Delete(string definitionId, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var now = clock.GetUtcNow();
        var deleted = await context.InOne(
            async () =>
            {
                await TimedTriggers.Remove(context, definitionId, cancel);
                return await context.Definitions.Where(d => d.DefinitionId == definitionId && d.DeletedAt == null).ExecuteUpdateAsync(
                    d => d.SetProperty(x => x.IsLatest, false).SetProperty(x => x.IsPublished, false).SetProperty(x => x.DeletedAt, now), cancel) > 0;
            },
            cancel);
        if (deleted > 0)
        {
            await published.Load(library, CancellationToken.None);
        }

        return deleted > 0;
    }

    /// <summary>One version goes, unless it is published; the one before it becomes the latest where it was that.</summary>
    public async Task<FlowOutcome> DeleteVersion(string versionId, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var outcome = FlowOutcome.NotFound;
        await context.InOne(
            async () =>
            {
                var version = await context.Definitions.FirstOrDefaultAsync(d => d.Id == versionId && d.DeletedAt == null, cancel);
                if (version is null)
                {
                    return false;
                }

                if (version.IsPublished)
                {
                    outcome = FlowOutcome.Refused("published");
                    return false;
                }

                var wasLatest = version.IsLatest;
                (version.IsLatest, version.DeletedAt) = (false, clock.GetUtcNow());
                await context.SaveChangesAsync(cancel);
                outcome = new FlowOutcome(FlowChange.Done, version);
                return !wasLatest || await Promote(context, version, cancel);
            },
            cancel);
        return outcome;
    }

    /// <summary>Said before a run starts with a version that is not published: whoever saves next makes another version, and this text stays.</summary>
    public async Task Fix(string versionId, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var now = clock.GetUtcNow();
        await context.Definitions.Where(d => d.Id == versionId && d.FixedAt == null).ExecuteUpdateAsync(d => d.SetProperty(x => x.FixedAt, now), cancel);
    }

    /// <summary>Id of the version of that number; null when there is none.</summary>
    public async Task<string?> Find(string definitionId, int version, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Definitions.Where(d => d.DefinitionId == definitionId && d.Version == version && d.DeletedAt == null).Select(d => d.Id).FirstOrDefaultAsync(cancel);
    }

    private static async Task<bool> Promote(FlowEngineContext context, StoredDefinition deleted, CancellationToken cancel)
    {
        var before = await context.Definitions.Where(d => d.DefinitionId == deleted.DefinitionId && d.DeletedAt == null).OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancel);
        if (before is not null)
        {
            before.IsLatest = true;
            before.Revision = deleted.Revision + 1;
            await context.SaveChangesAsync(cancel);
        }

        return true;
    }
}
