using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Wire;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances.Imports;

/// <summary>The version of a definition on whose drawing an imported run is shown.</summary>
internal sealed record RunVersion(string Id, int Number)
{
    /// <summary>
    /// The very version, or the one that has most of the run's steps: a definition that was carried over has other ids and numbers. Null when no version
    /// of its definition is here that has any of them.
    /// </summary>
    public static async Task<RunVersion?> Find(FlowEngineContext context, RunFile run, CancellationToken cancel)
    {
        var versions = context.Definitions.AsNoTracking().Where(d => d.DefinitionId == run.DefinitionId);
        if (await versions.Where(d => d.Id == run.VersionId).Select(d => new RunVersion(d.Id, d.Version)).FirstOrDefaultAsync(cancel) is { } same)
        {
            return same;
        }

        var steps = Steps(run);
        var (best, most) = ((RunVersion?)null, steps.Count == 0 ? -1 : 0);
        await foreach (var version in versions.OrderByDescending(d => d.Version == run.Version).ThenByDescending(d => d.Version).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var known = ActivityTree.Walk(FlowDocument.Of(version)["root"]).Count(a => steps.Contains($"{a.ParentNodeId}:{a.Activity.Text("id")}"));
            if (known > most)
            {
                (best, most) = (new RunVersion(version.Id, version.Version), known);
            }
        }

        return best;
    }

    private static HashSet<string> Steps(RunFile run) => run.Lines.Concat(run.Records).Select(JournalOfFile.Node)
        .Concat(run.State["activityExecutionContexts"]!.AsArray().OfType<JsonObject>().Select(c => c.Text("scheduledActivityNodeId")))
        .OfType<string>().Where(n => n != ActivityTree.WorkflowNode).ToHashSet(StringComparer.Ordinal);
}
