using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class FaultActivity : Activity
{
    private const string ExceptionName = "Elsa.Workflows.Exceptions.FaultException";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Fault",
        Category = "Primitives",
        DisplayName = "Fault",
        Description = "Stops the flow with an incident.",
        Inputs =
        [
            new("Code", "String", "Code", "A short code for programs."),
            new("Category", "String", "Category", "What kind of fault it is."),
            new("FaultType", "String", "Type", "Whose fault it is, such as System or Business."),
            new("Message", "String", "Message", "What happened, for people.", "multi-line"),
        ],
        Outcomes = [],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        // Without a text Elsa shows the exception's own.
        var message = context.Input<string>("Message") ?? $"Exception of type '{ExceptionName}' was thrown.";
        return ActivityResult.Fault(context.Input<string>("Code") ?? "0", message, context.Input<string>("Category") ?? "General", context.Input<string>("FaultType") ?? "System");
    }
}
