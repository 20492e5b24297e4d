using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Flow;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Activities.Flowcharts;

/// <summary>By their numbers in files that name none.</summary>
internal enum FlowJoinMode { WaitAll, WaitAllActive, WaitAny }

internal sealed class FlowJoin : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowJoin",
        Category = "Branching",
        DisplayName = "Join",
        Description = "Brings branches together: waits for all, for all that are active, or for the first.",
        Inputs =
        [
            new(
                "Mode",
                "FlowJoinMode",
                "Mode",
                "What to wait for.",
                "dropdown",
                nameof(FlowJoinMode.WaitAny),
                Options: [("WaitAny", "The first branch"), ("WaitAll", "All branches"), ("WaitAllActive", "All active branches")]),
        ],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        if (execution.Parent?.Flow is CounterScope) CounterFlow.CancelInboundAncestors(execution.Parent, execution.Node.Ordinal);
        return ActivityResult.Done;
    }

    /// <summary>The mode, evaluated where the flowchart stands: the join itself has not begun.</summary>
    public static FlowJoinMode ModeOf(ActivityNode join, Execution flowchart)
    {
        var value = join.ConstantInputs is { } constants ? constants[0] : join.Inputs[0]?.Evaluate(flowchart);
        return value is null ? FlowJoinMode.WaitAny : ClrValue.To<FlowJoinMode>(value);
    }
}
