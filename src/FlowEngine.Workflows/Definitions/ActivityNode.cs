using System.Text.Json;
using FlowEngine.Workflows.Activities.Composition;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Flow;

namespace FlowEngine.Workflows.Definitions;

/// <summary>One activity of a definition, compiled: inputs as expressions, outputs as slots, children in their ports.</summary>
internal sealed class ActivityNode
{
    public required string Id { get; init; }

    /// <summary>Ids from the workflow down to this node, joined by colons (Elsa's node id).</summary>
    public required string NodeId { get; init; }

    public required string? Name { get; init; }

    public required string TypeName { get; init; }

    public required ActivityShape Shape { get; init; }

    public required ActivityNode? Parent { get; init; }

    /// <summary>The workflow used as an activity that this node is part of; null in the definition's own part.</summary>
    public ActivityNode? Composite => Parent is null ? null : Parent.Activity is WorkflowDefinitionActivity ? Parent : Parent.Composite;

    /// <summary>Unique in the graph: ids of a workflow that is used twice occur twice.</summary>
    public string Key => Composite is null ? Id : NodeId;

    /// <summary>Place among the children of its port.</summary>
    public required int Ordinal { get; init; }

    public required int Depth { get; init; }

    public required JsonElement Json { get; init; }

    public bool CanStart { get; init; }

    /// <summary>Custom property <c>mergeMode</c>, for flowcharts in token mode.</summary>
    public MergeMode MergeMode { get; init; }

    public string DisplayName => Name ?? Id;

    public Activity Activity => Shape.Activity;

    public VariableDefinition[] Variables { get; set; } = [];

    /// <summary>One per wrapped input of the descriptor; null is not set.</summary>
    public Expression?[] Inputs { get; set; } = [];

    /// <summary>The inputs when none of them needs a run to be known; shared by all executions.</summary>
    public object?[]? ConstantInputs { get; set; }

    public OutputTarget?[] Outputs { get; set; } = [];

    /// <summary>Which inputs and outputs the journal keeps; null is all.</summary>
    public bool[]? JournalledInputs { get; set; }

    public bool[]? JournalledOutputs { get; set; }

    public Dictionary<string, ActivityNode[]> Ports { get; } = new(StringComparer.Ordinal);

    /// <summary>What the activity's own compilation made: a flow graph, the cases of a switch.</summary>
    public object? Compiled { get; set; }

    public ActivityNode? Child(string port) => Ports.TryGetValue(port, out var children) && children.Length > 0 ? children[0] : null;

    public ActivityNode[] ChildrenOf(string port) => Ports.TryGetValue(port, out var children) ? children : [];
}
