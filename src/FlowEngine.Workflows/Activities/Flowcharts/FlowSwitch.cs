using FlowEngine.Workflows.Activities.Branching;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Flowcharts;

internal sealed class FlowSwitch : Activity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowSwitch",
        Category = "Branching",
        DisplayName = "Switch (flow)",
        Description = "Goes the way of the first case that holds, or of all that hold.",
        Inputs =
        [
            new("Cases", "ICollection<FlowSwitchCase>", "Cases", "Cases with a label and a condition; each label is an outcome.", "flow-switch-editor", IsWrapped: false),
            SwitchCases.Mode,
        ],
        Outcomes = ["Default"],
    };

    public object Compile(NodeScope scope) => SwitchCases.Read(scope, withActivities: false);

    public override ActivityResult Execute(ActivityContext context)
    {
        var matches = SwitchCases.Matching((Execution)context).Select(c => c.Label).ToArray();
        return ActivityResult.Outcome(matches.Length == 0 ? ["Default"] : matches);
    }
}
