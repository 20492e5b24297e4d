using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Engine.Flows;

/// <summary>
/// The compiled definitions: what is published now (an immutable snapshot, replaced at publish) and every version that a run still
/// stands on, compiled when first needed.
/// </summary>
/// <param name="loadVersion">Reads a version that is not in memory; null when there is none.</param>
public sealed class FlowLibrary(Func<string, WorkflowGraph?> loadVersion)
{
    private readonly ConcurrentDictionary<string, WorkflowGraph> byVersion = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, WorkflowGraph> published = ImmutableSortedDictionary.Create<string, WorkflowGraph>(StringComparer.Ordinal);

    /// <summary>Published graphs by definition id, in its order (ties between flows are settled by it, decision 19).</summary>
    public ImmutableSortedDictionary<string, WorkflowGraph> Published => Volatile.Read(ref published);

    public void Publish(WorkflowGraph graph)
    {
        byVersion[graph.VersionId] = graph;
        ImmutableInterlocked.Update(ref published, all => all.SetItem(graph.DefinitionId, graph));
    }

    /// <summary>No new run starts with it; runs under way keep their version.</summary>
    public void Retract(string definitionId) => ImmutableInterlocked.Update(ref published, all => all.Remove(definitionId));

    public WorkflowGraph? FindPublished(string definitionId) => Published.GetValueOrDefault(definitionId);

    /// <summary>The graph that a run stands on; runs stay on their version whatever has been published since.</summary>
    public WorkflowGraph? FindVersion(string versionId)
    {
        if (byVersion.TryGetValue(versionId, out var graph))
        {
            return graph;
        }

        graph = loadVersion(versionId);
        return graph is null ? null : byVersion.GetOrAdd(versionId, graph);
    }
}
