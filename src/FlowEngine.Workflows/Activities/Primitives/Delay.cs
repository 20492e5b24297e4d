using System.Globalization;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class Delay : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Delay",
        Category = "Scheduling",
        DisplayName = "Delay",
        Description = "Waits for a while.",
        Inputs = [new("TimeSpan", "TimeSpan", "Duration", "How long, as hours:minutes:seconds.", "timespan")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var due = context.Now + context.Input<TimeSpan>("TimeSpan");
        var payload = new Dictionary<string, object?> { ["ResumeAt"] = due.ToString("O", CultureInfo.InvariantCulture) };
        context.CreateBookmark("Elsa.Delay", payload, due);
        return ActivityResult.Suspended;
    }
}
