using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Scheduling;

internal sealed class Timer : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Timer",
        Category = "Scheduling",
        DisplayName = "Timer",
        Description = "Starts the flow again and again; in the middle of a flow it waits once.",
        Kind = ActivityKind.Trigger,
        Inputs = [new("Interval", "TimeSpan", "Interval", "How long between two runs, as hours:minutes:seconds.", "timespan", "00:01:00")],
    };

    public override ActivityResult Execute(ActivityContext context) =>
        context.IsTrigger ? ActivityResult.Done : Waiting.Until(context, "Elsa.Timer", context.Now + context.Input<TimeSpan>("Interval"));
}
