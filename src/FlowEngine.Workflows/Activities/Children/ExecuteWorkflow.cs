using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Children;

internal sealed class ExecuteWorkflow : Activity
{
    public const string TypeName = "Elsa.ExecuteWorkflow";

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = TypeName,
        Category = "Composition",
        DisplayName = "Execute workflow",
        Description = "Runs another workflow within this step; may wait until it has ended.",
        Kind = ActivityKind.Task,
        Inputs = [.. ChildInputs.Common, ChildInputs.Wait(false)],
        Outputs = [new("Result", "ExecuteWorkflowResult", "Result", "The instance, its status and its outputs.")],
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        var (child, fault) = ChildWorkflows.Ask(execution);
        if (child is null) return fault;
        var run = execution.Burst.Environment.Children!.Execute(child);
        if (run is null) return ActivityResult.Fault("WorkflowNotFound", $"No published version of workflow definition with ID {child.DefinitionId} found.", "Workflow");
        foreach (var line in run.ConsoleLines) execution.Burst.WriteLine(line);
        if (run.Status == WorkflowStatus.Running && context.Input<bool>("WaitForCompletion"))
        {
            context.CreateBookmark(TypeName, ChildWorkflows.Payload(child.InstanceId));
            return ActivityResult.Suspended;
        }

        context.SetOutput("Result", ChildWorkflows.Result(child.InstanceId, run));
        return ActivityResult.Done;
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input)
    {
        context.SetOutput("Result", input);
        return ActivityResult.Done;
    }
}
