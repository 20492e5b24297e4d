using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Composition;

internal sealed class SetOutput : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.SetOutput",
        Category = "Composition",
        DisplayName = "Set Output",
        Description = "Sets an output of the workflow.",
        Inputs =
        [
            new("OutputName", "String", "Output", "Name of the output.", "output-picker"),
            new("OutputValue", "Object", "Value", "What to answer under that name."),
        ],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var name = context.Input<string>("OutputName");
        if (string.IsNullOrWhiteSpace(name)) return ActivityResult.Fault("NoOutputName", "Set Output needs the name of an output.");
        ((Execution)context).SetWorkflowOutput(name, context.Input<object>("OutputValue"));
        return ActivityResult.Done;
    }
}
