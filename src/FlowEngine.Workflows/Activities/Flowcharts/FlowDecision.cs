using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Flowcharts;

internal sealed class FlowDecision : Activity
{
    private static readonly ActivityResult True = ActivityResult.Outcome("True");
    private static readonly ActivityResult False = ActivityResult.Outcome("False");

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowDecision",
        Category = "Branching",
        DisplayName = "Decision",
        Description = "Goes one of two ways.",
        Inputs = [new("Condition", "Boolean", "Condition", "What decides.", "checkbox", DefaultSyntax: "JavaScript")],
        Outcomes = ["True", "False"],
    };

    public override ActivityResult Execute(ActivityContext context) => context.Input<bool>("Condition") ? True : False;
}
