using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Activities.Composition;

internal sealed class Complete : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Complete",
        Category = "Composition",
        DisplayName = "Complete",
        Description = "Ends the workflow (or the workflow used as an activity) with the given outcomes.",
        Inputs = [new("Outcomes", "Object", "Outcomes", "One outcome or a list of them.", "dynamic-outcomes")],
        IsTerminal = true,
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        IReadOnlyList<string> outcomes = context.Input<object>("Outcomes") switch
        {
            // The input is untyped: JSON text stays text, and is one outcome, as in Elsa.
            string outcome => [outcome],
            List<object?> several => several.ConvertAll(o => ValueText.Of(o) ?? ""),
            _ => [ActivityResult.DefaultOutcome],
        };
        var composite = execution.Parent;
        while (composite is not null && composite.Node.Activity is not (WorkflowActivity or WorkflowDefinitionActivity)) composite = composite.Parent;
        if (composite is null) return ActivityResult.Outcome([.. outcomes]);
        execution.Burst.CompleteThrough(execution, composite, outcomes);
        return ActivityResult.Suspended;
    }
}
