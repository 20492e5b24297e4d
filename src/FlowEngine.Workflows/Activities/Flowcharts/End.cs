using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Flowcharts;

internal sealed class End : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.End",
        Category = "Flow",
        DisplayName = "End",
        Description = "Ends the flowchart, even when other branches still wait.",
        IsTerminal = true,
    };

    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done;
}
