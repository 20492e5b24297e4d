using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Looping;

internal sealed class While : ContainerActivity, ILoop
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.While",
        Category = "Looping",
        DisplayName = "While",
        Description = "Repeats its body as long as the condition holds.",
        Inputs = [new("Condition", "Boolean", "Condition", "Looked at before each round.", "checkbox", DefaultSyntax: "JavaScript")],
        IsContainer = true,
        ChildPorts = ["body"],
    };

    protected override ActivityResult Begin(Execution container) => Round(container, container.Input<bool>("Condition"));

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) =>
        container.IsBreaking ? ActivityResult.Done : Round(container, container.Reevaluate<bool>("Condition"));

    private static ActivityResult Round(Execution container, bool holds)
    {
        if (!holds || container.Node.Child("body") is not { } body) return ActivityResult.Done;
        container.Schedule(body);
        return ActivityResult.Suspended;
    }
}
