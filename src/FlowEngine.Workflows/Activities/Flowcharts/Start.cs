using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Flowcharts;

internal sealed class Start : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Start",
        Category = "Flow",
        DisplayName = "Start",
        Description = "Where the flowchart begins.",
        IsStart = true,
    };

    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done;
}
