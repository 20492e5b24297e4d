using FlowEngine.Workflows.Interpreter;

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
        var outcomes = context.Input<List<string>>("Outcomes") is { Count: > 0 } given ? given : [ActivityResult.DefaultOutcome];
        var composite = execution.Parent;
        while (composite is not null && composite.Node.Activity is not (WorkflowActivity or WorkflowDefinitionActivity)) composite = composite.Parent;
        if (composite is null) return ActivityResult.Outcome([.. outcomes]);
        execution.Burst.CompleteThrough(execution, composite, outcomes);
        return ActivityResult.Suspended;
    }
}
