using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Flowcharts;

internal sealed class FlowFork : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowFork",
        Category = "Branching",
        DisplayName = "Fork",
        Description = "Goes on along several branches at once.",
        Inputs = [new("Branches", "ICollection<String>", "Branches", "Names of the branches; each is an outcome.", "dynamic-outcomes")],
        Outcomes = [],
    };

    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Outcome(context.Input<string[]>("Branches") ?? [ActivityResult.DefaultOutcome]);
}
