using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Branching;

internal sealed class If : ContainerActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.If",
        Category = "Branching",
        DisplayName = "If",
        Description = "Runs one activity when the condition holds, else another.",
        Inputs = [new("Condition", "Boolean", "Condition", "What decides.", "checkbox", DefaultSyntax: "JavaScript")],
        Outputs = [new("Result", "Boolean", "Result", "Whether the condition held.")],
        IsContainer = true,
        ChildPorts = ["then", "else"],
    };

    protected override ActivityResult Begin(Execution container)
    {
        var holds = container.Input<bool>("Condition");
        container.SetOutput("Result", holds);
        if (container.Node.Child(holds ? "then" : "else") is not { } branch) return ActivityResult.Done;
        container.Schedule(branch);
        return ActivityResult.Suspended;
    }
}
