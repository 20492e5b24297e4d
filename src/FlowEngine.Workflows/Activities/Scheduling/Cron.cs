using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Scheduling;

internal sealed class Cron : Activity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Cron",
        Category = "Scheduling",
        DisplayName = "Cron",
        Description = "Starts the flow at the times of a cron expression; in the middle of a flow it waits for the next one.",
        Kind = ActivityKind.Trigger,
        Inputs = [new("CronExpression", "String", "Cron expression", "Six fields, seconds first, in UTC: 0 0 9 * * 1-5 is nine o'clock on working days.")],
    };

    /// <summary>An expression that is written into the definition is read once; a wrong one keeps the definition from being published.</summary>
    public object? Compile(NodeScope scope)
    {
        if (scope.Node.ConstantInputs is not [string { Length: > 0 } text]) return null;
        if (CronSchedule.TryParse(text, out var schedule, out var problem)) return schedule;
        scope.At("cronExpression").Unfit("cron", text, problem!);
        return null;
    }

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.IsTrigger) return ActivityResult.Done;
        var schedule = ((Execution)context).Node.Compiled as CronSchedule;
        if (schedule is null && !CronSchedule.TryParse(context.Input<string>("CronExpression"), out schedule, out var problem))
        {
            return ActivityResult.Fault("CronExpression", CronSchedule.Sentence(context.Input<string>("CronExpression"), problem), "Scheduling");
        }

        return schedule.Next(context.Now) is { } next
            ? Waiting.Until(context, "Elsa.Cron", next)
            : ActivityResult.Fault("CronExpression", "The cron expression has no time to come.", "Scheduling");
    }
}
