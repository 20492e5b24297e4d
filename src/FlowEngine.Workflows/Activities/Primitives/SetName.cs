using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class SetName : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.SetName",
        Category = "Primitives",
        DisplayName = "Set Name",
        Description = "Gives this run a name.",
        Inputs = [new("Value", "String", "Name", "The name.")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        ((Execution)context).Instance.Name = context.Input<string>("Value") ?? "";
        return ActivityResult.Done;
    }
}
