using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class WriteLine : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.WriteLine",
        Category = "Console",
        DisplayName = "Write Line",
        Description = "Writes a line to the log of the run.",
        Inputs = [new("Text", "String", "Text", "The line.")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        ((Execution)context).Burst.WriteLine(context.Input<string>("Text") ?? "");
        return ActivityResult.Done;
    }
}
