using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Scheduling;

internal sealed class StartAt : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.StartAt",
        Category = "Scheduling",
        DisplayName = "Start at",
        Description = "Starts the flow at a time, or waits in the middle of it until then; a time that is past goes on at once.",
        Kind = ActivityKind.Trigger,
        Inputs = [new("DateTime", "DateTimeOffset", "Time", "Date, time and offset.")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.IsTrigger || context.Input<DateTimeOffset?>("DateTime") is not { } at || at <= context.Now) return ActivityResult.Done;
        return Waiting.Until(context, "Elsa.StartAt", at, "ExecuteAt");
    }
}
