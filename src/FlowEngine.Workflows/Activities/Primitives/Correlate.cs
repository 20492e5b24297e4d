using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class Correlate : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Correlate",
        Category = "Primitives",
        DisplayName = "Correlate",
        Description = "Gives this run a correlation id, by which events find it.",
        Inputs = [new("CorrelationId", "String", "Correlation id", "The id.")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        ((Execution)context).Instance.CorrelationId = context.Input<string>("CorrelationId");
        return ActivityResult.Done;
    }
}
