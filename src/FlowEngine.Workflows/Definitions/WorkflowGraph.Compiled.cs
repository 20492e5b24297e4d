using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Definitions;

public sealed partial class WorkflowGraph
{
    /// <summary>What a reader should know though the file was accepted: dropped connections, unknown types, scripts that do not parse.</summary>
    public IReadOnlyList<DefinitionError> Warnings { get; init; } = [];

    /// <summary>What keeps it from being published though it can be read, such as a cron expression that is none.</summary>
    public IReadOnlyList<DefinitionError> PublishErrors { get; init; } = [];

    /// <summary>The workflow's own node (<c>Workflow1</c>); its only child is the root activity.</summary>
    internal ActivityNode Root { get; init; } = null!;

    /// <summary>All nodes by key: the activity id, or the node id inside a workflow that is used as an activity.</summary>
    internal IReadOnlyDictionary<string, ActivityNode> Nodes { get; init; } = null!;

    /// <summary>Declared workflow inputs and outputs with what their values are converted to.</summary>
    internal IReadOnlyDictionary<string, ValueKind> Inputs { get; init; } = null!;

    internal IReadOnlyDictionary<string, ValueKind> Outputs { get; init; } = null!;

    internal bool ContinuesWithIncidents { get; init; }

    /// <summary>Null when the definition leaves it to the engine.</summary>
    internal FlowchartMode? FlowchartMode { get; init; }

    /// <summary>Whether some variable falls back to its default after a wait.</summary>
    internal bool HasTransientVariables { get; init; }
}
