using System.Text.Json;
using FlowEngine.Workflows.Activities.Http;

namespace FlowEngine.Workflows.Definitions;

/// <summary>
/// A definition version compiled once: immutable, shared by all its runs, walked by index. Expressions are prepared.
/// </summary>
public sealed partial class WorkflowGraph
{
    public required string DefinitionId { get; init; }

    /// <summary>Id of this version (Elsa's definitionVersionId).</summary>
    public required string VersionId { get; init; }

    public int Version { get; init; }

    public string? Name { get; init; }

    /// <summary>The definition's bag, untouched; FlowEngine's own keys start with <c>FlowEngine:</c>.</summary>
    public required IReadOnlyDictionary<string, JsonElement> CustomProperties { get; init; }

    /// <summary>Activities that may start a run, with their inputs evaluated without one.</summary>
    public IReadOnlyList<Triggers.Trigger> Triggers { get; internal set; } = [];

    /// <summary>Where its activities listen for HTTP requests, as far as the paths are written into the definition.</summary>
    public IReadOnlyList<HttpRoute> Endpoints { get; internal set; } = [];

    public ActivationStrategy Activation { get; init; }

    /// <summary>Version ids of the workflows that were compiled in as activities; runs of this graph stand on them too.</summary>
    public IReadOnlyList<string> UsedWorkflows { get; init; } = [];

    /// <summary>Variables of the whole workflow.</summary>
    public IEnumerable<(string Id, string Name)> DeclaredVariables => Root.Variables.Select(v => (v.Id, v.Name));

    /// <summary>Variables of the whole workflow that have their default again after each wait, as no storage driver keeps them.</summary>
    public IEnumerable<string> FleetingVariables => Root.Variables.Where(v => !v.IsPersistent).Select(v => v.Name);
}

/// <summary>The graph, or every reason why there is none; a bad file is refused whole.</summary>
public sealed record DefinitionReading(WorkflowGraph? Graph, IReadOnlyList<DefinitionError> Errors);
