using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class Finish : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Finish",
        Category = "Primitives",
        DisplayName = "Finish",
        Description = "Ends the whole run, whatever else is still going on.",
        IsTerminal = true,
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        ((Execution)context).Burst.FinishAt((Execution)context);
        return ActivityResult.Suspended;
    }
}
