using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Branching;

internal sealed class Switch : ContainerActivity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Switch",
        Category = "Branching",
        DisplayName = "Switch",
        Description = "Runs the activity of the first case that holds, or of all that hold.",
        Inputs =
        [
            new("Cases", "ICollection<SwitchCase>", "Cases", "Cases with a label, a condition and an activity.", "switch-editor", IsWrapped: false),
            SwitchCases.Mode,
        ],
        Outputs = [new("Output", "Object", "Output", "The labels that matched.")],
        IsContainer = true,
        ChildPorts = ["default"],
    };

    public object Compile(NodeScope scope) => SwitchCases.Read(scope, withActivities: true);

    protected override ActivityResult Begin(Execution container)
    {
        var matching = SwitchCases.Matching(container);
        var chosen = matching.Select(c => c.Activity);
        if (matching.Count == 0) chosen = [container.Node.Child("default")];
        foreach (var activity in chosen.OfType<ActivityNode>()) container.Schedule(activity);
        return DoneWhenEmpty(container);
    }

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) =>
        DoneWhenEmpty(container);
}
