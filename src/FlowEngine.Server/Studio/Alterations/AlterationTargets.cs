using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Instances;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Instances;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Alterations;

/// <summary>Which runs an alteration's filter means. One that says nothing means none, unless it says that it means all.</summary>
internal static class AlterationTargets
{
    /// <summary>More than these are altered in parts: a plan has as many jobs as its id leaves room for.</summary>
    public const int Most = 10_000;

    private static readonly string[] Narrowing =
        ["workflowInstanceIds", "correlationIds", "names", "definitionIds", "definitionVersionIds", "statuses", "subStatuses", "timestampFilters"];

    /// <summary>The runs, one more than <see cref="Most"/> when there are too many; or why the filter cannot be answered.</summary>
    public static async Task<(IReadOnlyList<AlterationTarget> Targets, string? Problem)> Find(FlowEngineContext context, JsonObject filter, CancellationToken cancel)
    {
        var (activities, problem) = ActivityFilter.Read(filter["activityFilters"]);
        if (problem is not null)
        {
            return ([], problem);
        }

        var (found, unclear) = Of(context, filter, activities);
        if (found is null)
        {
            return ([], unclear);
        }

        if (activities.Count > 0)
        {
            // As in Elsa, runs that are chosen by their activities are those that are under way.
            found = found.Where(i => i.Status == (int)WorkflowStatus.Running);
            found = activities.Select(a => a.Run).OfType<Guid>().Aggregate(found, (runs, id) => runs.Where(i => i.Id == id));
        }

        var targets = await found.OrderBy(i => i.Id).Take(Most + 1).Select(i => new AlterationTarget(i.Id, i.ConversationId, i.DefinitionId)).ToListAsync(cancel);
        return activities.Count == 0 ? (targets, null)
            : targets.Count > Most ? ([], $"More than {Most} runs would have to be searched for their activities: narrow them by definition, state or time too.")
            : (await RunsByActivity.Of(context, targets, activities, cancel), null);
    }

    private static (IQueryable<StoredInstance>? Found, string? Problem) Of(FlowEngineContext context, JsonObject filter, IReadOnlyList<ActivityFilter> activities)
    {
        var saysSomething = activities.Count > 0 || Narrowing.Any(n => filter[n] is JsonArray { Count: > 0 }) || filter.Text("searchTerm") is not null || filter.Flag("hasIncidents") is not null;
        if (!saysSomething && filter.Flag("emptyFilterSelectsAll") != true)
        {
            return (null, "The filter says nothing: name the runs, or say emptyFilterSelectsAll.");
        }

        // What was imported as history has nothing that could be altered.
        var found = InstanceQueries.Filtered(context, filter).Where(i => i.ImportedAt == null);
        if (filter.Texts("workflowInstanceIds") is { Count: > 0 } texts)
        {
            Guid[] ids = [.. texts.Select(t => Guid.TryParse(t, out var id) ? id : (Guid?)null).OfType<Guid>()];
            found = found.Where(i => ids.Contains(i.Id));
        }

        if (filter.Texts("correlationIds") is { Count: > 0 } correlations)
        {
            found = found.Where(i => correlations.Contains(i.CorrelationId!));
        }

        if (filter.Texts("names") is { Count: > 0 } names)
        {
            found = found.Where(i => names.Contains(i.Name!));
        }

        if (filter.Texts("definitionVersionIds") is { Count: > 0 } versions)
        {
            found = found.Where(i => versions.Contains(i.VersionId));
        }

        return (found, null);
    }
}

/// <summary>One run that is to be altered.</summary>
/// <param name="Conversation">The conversation whose run it is; null for one of its own.</param>
internal sealed record AlterationTarget(Guid Id, Guid? Conversation, string DefinitionId);
