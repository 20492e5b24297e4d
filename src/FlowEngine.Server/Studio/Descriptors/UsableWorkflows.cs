using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Descriptors;

/// <summary>
/// Workflows that may be used as activities, as descriptors: every version, because a drawing may hold an older one, and in the toolbox only what is
/// published.
/// </summary>
internal static class UsableWorkflows
{
    public static async Task<IReadOnlyList<JsonObject>> Read(FlowEngineContext context, CompanyChoices company, ActivityTypes types, CancellationToken cancel)
    {
        var published = await context.Definitions.AsNoTracking().Where(d => d.IsPublished).ToListAsync(cancel);
        var usable = published.Where(d => UsedWorkflows.IsUsable(d.Json)).ToDictionary(d => d.DefinitionId, StringComparer.Ordinal);
        var ids = usable.Keys.ToList();
        var versions = usable.Count == 0 ? [] : await context.Definitions.AsNoTracking().Where(d => ids.Contains(d.DefinitionId)).OrderByDescending(d => d.Version).ToListAsync(cancel);
        var described = new Dictionary<(string, int), JsonObject>();
        foreach (var version in versions)
        {
            var descriptor = WorkflowDescriptor.Of(version.Json);
            var newest = usable[version.DefinitionId];
            if (types.Find(descriptor.TypeName) is not null || described.ContainsKey((descriptor.TypeName, version.Version)))
            {
                continue;
            }

            var view = ActivityView.Of(descriptor with { Version = version.Version, IsBrowsable = version.IsPublished }, company);
            view["customProperties"] = new JsonObject { ["RootType"] = "WorkflowDefinitionActivity", ["WorkflowDefinitionId"] = version.DefinitionId, ["WorkflowDefinitionVersionId"] = version.Id };
            view["constructionProperties"] = new JsonObject
            {
                ["WorkflowDefinitionId"] = version.DefinitionId,
                ["WorkflowDefinitionVersionId"] = version.Id,
                ["LatestAvailablePublishedVersion"] = newest.Version,
                ["LatestAvailablePublishedVersionId"] = newest.Id,
            };
            described.Add((descriptor.TypeName, version.Version), view);
        }

        return [.. described.Values, .. await Missing(context, company, types, described.Keys.ToHashSet(), cancel)];
    }

    /// <summary>Workflows that a drawing uses and that are not there, or not in that version: without a descriptor its whole canvas would stay empty.</summary>
    private static async Task<IReadOnlyList<JsonObject>> Missing(FlowEngineContext context, CompanyChoices company, ActivityTypes types, HashSet<(string, int)> known, CancellationToken cancel)
    {
        var missing = new List<JsonObject>();
        await foreach (var json in context.Definitions.AsNoTracking().Where(d => d.IsLatest || d.IsPublished).Select(d => d.Json).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var used = FlowDocument.Parse(json, out _) is { } definition ? ActivityTree.Walk(definition["root"]) : [];
            foreach (var (activity, _) in used.Where(a => a.Activity.ContainsKey("workflowDefinitionId")))
            {
                var (type, version) = (ActivityTree.Text(activity, "type")!, int.TryParse(activity["version"]?.ToString(), out var number) ? number : 1);
                // Activities of ours have an input of that name too, and a pair that is described twice would break every page of the Studio.
                if (types.Find(type) is null && known.Add((type, version)))
                {
                    missing.Add(ActivityView.Of(
                        new ActivityDescriptor { TypeName = type, Version = version, Category = "Workflows", DisplayName = ActivityView.ForPeople(type[(type.LastIndexOf('.') + 1)..]), Description = "A workflow that this server does not have as an activity.", IsBrowsable = false }, company));
                }
            }
        }

        return missing;
    }
}
