using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Definitions;

/// <summary>A variable of a definition or container. Without a persistent driver its value is the default again after a wait.</summary>
internal sealed record VariableDefinition(string Id, string Name, ValueKind Kind, object? Default, bool IsPersistent);

/// <summary>A variable found at compile time: the enclosing node that holds it and its place there.</summary>
internal sealed record VariableSlot(ActivityNode Owner, int Index)
{
    public VariableDefinition Definition => Owner.Variables[Index];
}

/// <summary>Where an output goes besides the journal: a variable, or an output of the workflow.</summary>
internal sealed record OutputTarget(VariableSlot? Variable, string? WorkflowOutput);
