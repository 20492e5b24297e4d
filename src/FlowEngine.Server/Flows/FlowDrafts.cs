using System.Text.Json.Nodes;
using FlowEngine.Engine;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>
/// Saving a flow without publishing it: a draft is overwritten in place; a version that was ever published or run is left alone, and a draft follows it. Of two
/// editors the one who read an older state is refused (decision 27).
/// </summary>
public sealed class FlowDrafts(IDbContextFactory<FlowEngineContext> contexts, Ids ids, TimeProvider clock)
{
    /// <summary>What the Studio's own model of a definition holds: when it leaves one of these out, it means so.</summary>
    private static readonly HashSet<string> MembersOfTheStudio = new(StringComparer.Ordinal)
    {
        "links", "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties",
        "isReadonly", "isSystem", "isLatest", "isPublished", "options", "root",
    };

    private static readonly HashSet<string> OptionsOfTheStudio = new(StringComparer.Ordinal)
    {
        "activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType", "commitStrategyName",
    };

    /// <summary>Saves what an editor sends; what is there already changes nothing. Members that the Studio does not know and therefore leaves out are kept from the latest version.</summary>
    public Task<FlowOutcome> Save(JsonObject model, FlowEditor editor, CancellationToken cancel) =>
        Store(model, FlowDocument.TakeRevision(model), editor, keepUnknown: true, cancel);

    /// <summary>Takes a whole file as the next draft; the same content again changes nothing.</summary>
    public Task<FlowOutcome> Import(JsonObject file, FlowEditor editor, CancellationToken cancel) =>
        Store(file, FlowDocument.TakeRevision(file), editor, keepUnknown: false, cancel);

    private async Task<FlowOutcome> Store(JsonObject document, int? seen, FlowEditor editor, bool keepUnknown, CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var definitionId = ActivityTree.Text(document, "definitionId") ?? ids.Next().ToString("N");
        var outcome = FlowOutcome.NotFound;
        await context.InOne(
            async () =>
            {
                var latest = await Latest(context, definitionId, cancel);
                if (latest is not null && IsStale(latest, seen, editor))
                {
                    outcome = new FlowOutcome(FlowChange.Conflict, latest, By: latest.SavedByName);
                    return false;
                }

                if (latest is not null && keepUnknown)
                {
                    KeepUnknown(document, FlowDocument.Of(latest), MembersOfTheStudio);
                }

                if (latest is not null && FlowDocument.SameFlow(document, FlowDocument.Of(latest)))
                {
                    outcome = new FlowOutcome(FlowChange.Already, latest);
                    return false;
                }

                var target = latest is { FixedAt: null } ? latest : await Next(context, definitionId, latest, document, cancel);
                Sign(target, latest, editor);
                FlowDocument.Store(document, target);
                await context.SaveChangesAsync(cancel);
                outcome = new FlowOutcome(FlowChange.Done, target);
                return true;
            },
            cancel);

        // Committed or untouched: dying here loses only the answer, and the editor saves again.
        return outcome;
    }

    /// <summary>The latest version, locked against other editors until the transaction ends.</summary>
    internal static async Task<StoredDefinition?> Latest(FlowEngineContext context, string definitionId, CancellationToken cancel)
    {
        var latest = context.Definitions.Where(d => d.DefinitionId == definitionId && d.IsLatest);
        // Writing what is there already takes the lock of the row.
        await latest.ExecuteUpdateAsync(d => d.SetProperty(x => x.Revision, x => x.Revision), cancel);
        return await latest.FirstOrDefaultAsync(cancel);
    }

    /// <summary>A row for the version after all others, which it follows as the latest.</summary>
    internal async Task<StoredDefinition> Next(FlowEngineContext context, string definitionId, StoredDefinition? latest, JsonObject? document, CancellationToken cancel)
    {
        var last = await context.Definitions.Where(d => d.DefinitionId == definitionId).MaxAsync(d => (int?)d.Version, cancel) ?? 0;
        var given = document is null || last > 0 ? null : ActivityTree.Text(document, "id");
        var isFree = given is not null && !await context.Definitions.AnyAsync(d => d.Id == given, cancel);
        await context.Definitions.Where(d => d.DefinitionId == definitionId && d.IsLatest).ExecuteUpdateAsync(d => d.SetProperty(x => x.IsLatest, false), cancel);
        if (latest is not null)
        {
            context.Entry(latest).State = EntityState.Detached;
        }

        var next = new StoredDefinition
        {
            Id = isFree ? given! : ids.Next().ToString("N"),
            DefinitionId = definitionId,
            Version = last + 1,
            Json = [],
            IsLatest = true,
            CreatedAt = clock.GetUtcNow(),
        };
        context.Definitions.Add(next);
        return next;
    }

    internal static void Sign(StoredDefinition target, StoredDefinition? latest, FlowEditor editor)
    {
        var revision = (latest?.Revision ?? 0) + 1;
        target.SavedFrom = latest?.SavedBy == editor.Id ? latest.SavedFrom : revision;
        target.Revision = revision;
        (target.SavedBy, target.SavedByName) = (editor.Id, editor.Name);
        (target.SourceFile, target.SourceHash) = (null, null);
    }

    /// <summary>
    /// Stale when somebody else has saved since. An editor's own saves do not count: one may leave before the answer to the last has come.
    /// A tool that brings no revision replaces on purpose.
    /// </summary>
    private static bool IsStale(StoredDefinition latest, int? seen, FlowEditor editor) =>
        seen is { } known && known != latest.Revision && !(latest.SavedBy == editor.Id && known >= latest.SavedFrom - 1);

    private static void KeepUnknown(JsonObject model, JsonObject known, HashSet<string> ofTheStudio)
    {
        foreach (var (name, value) in known.Where(p => !ofTheStudio.Contains(p.Key) && !model.ContainsKey(p.Key)).ToList())
        {
            model[name] = value?.DeepClone();
        }

        if (model["options"] is JsonObject options && known["options"] is JsonObject before)
        {
            KeepUnknown(options, before, OptionsOfTheStudio);
        }
    }
}
