using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Scheduling;

internal sealed class Delay : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Delay",
        Category = "Scheduling",
        DisplayName = "Delay",
        Description = "Waits for a while.",
        Inputs = [new("TimeSpan", "TimeSpan", "Duration", "How long, as hours:minutes:seconds.", "timespan", "00:01:00")],
    };

    public override ActivityResult Execute(ActivityContext context) => Waiting.Until(context, "Elsa.Delay", context.Now + context.Input<TimeSpan>("TimeSpan"));
}
