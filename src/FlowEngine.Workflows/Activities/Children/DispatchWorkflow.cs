using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Children;

internal sealed class DispatchWorkflow : Activity
{
    public const string TypeName = "Elsa.DispatchWorkflow";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = TypeName,
        Category = "Composition",
        DisplayName = "Dispatch workflow",
        Description = "Starts another workflow beside this one; may wait until it has ended.",
        Inputs = [.. ChildInputs.Common, ChildInputs.Wait(false), .. ChildInputs.Dispatching],
        Outputs = [new("Result", "Object", "Result", "The outputs of the other workflow, when it was waited for.")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        var (child, fault) = ChildWorkflows.Ask(execution);
        if (child is null) return fault;
        execution.Burst.Want(new WorkflowDispatched(context.Id, child));
        if (!context.Input<bool>("WaitForCompletion")) return ActivityResult.Done;
        context.CreateBookmark(TypeName, ChildWorkflows.Payload(child.InstanceId));
        return ActivityResult.Suspended;
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input)
    {
        context.SetOutput("Result", input is Dictionary<string, object?> completion ? completion.GetValueOrDefault("Output") : input);
        return ActivityResult.Done;
    }
}
