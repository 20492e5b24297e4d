using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>Changes to a run from outside, between its bursts (Elsa's alterations). What does not apply is answered as a sentence.</summary>
public static class Alteration
{
    /// <summary>Sets a variable of the definition by its id.</summary>
    public static string? ModifyVariable(WorkflowGraph graph, WorkflowInstance instance, string variableId, object? value)
    {
        var index = Array.FindIndex(graph.Root.Variables, v => v.Id == variableId);
        if (index < 0) return $"The workflow has no variable with the id '{variableId}'.";
        try
        {
            instance.Root!.RestoreVariable(variableId, PlainValue.From(ValueConversion.Convert(PlainValue.From(value), graph.Root.Variables[index].Kind)));
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>
    /// Runs an activity: its faulted execution again when there is one, else anew in its container, which must be under way.
    /// </summary>
    /// <param name="activityInstanceId">That execution alone, which must have faulted; the activity need not be named then.</param>
    public static (RunResult? Result, string? Problem) ScheduleActivity(
        WorkflowGraph graph, WorkflowInstance instance, string? activityId, string? activityInstanceId, RunEnvironment environment)
    {
        var executions = All(instance.Root!).ToArray();
        if (Array.FindLast(executions, e => Is(e, activityId, activityInstanceId) && e.Status == ExecutionStatus.Faulted) is { } faulted)
        {
            return (Interpreter.Retry(graph, instance, faulted.Id, environment), null);
        }

        if (activityInstanceId is not null) return (null, $"The execution '{activityInstanceId}' has not faulted: name the activity to run it anew.");
        if (graph.Nodes.Values.FirstOrDefault(n => n.Id == activityId) is not { Parent: { } container } node) return (null, $"The workflow has no activity '{activityId}'.");
        if (instance.Status == WorkflowStatus.Finished) return (null, "The run has ended.");
        var parent = Array.FindLast(executions, e => e.Node == container && e.Status == ExecutionStatus.Running);
        return parent is null
            ? (null, $"'{container.DisplayName}', in which '{node.DisplayName}' stands, is not under way.")
            : (new Burst(graph, instance, environment).Run(burst => burst.Schedule(parent, node, null)), null);
    }

    /// <summary>Cancels what is under way of an activity, or one execution of it; its container goes on without it.</summary>
    public static (RunResult? Result, string? Problem) CancelActivity(
        WorkflowGraph graph, WorkflowInstance instance, string? activityId, string? activityInstanceId, RunEnvironment environment)
    {
        var open = All(instance.Root!).Where(e => Is(e, activityId, activityInstanceId) && e.Parent is not null).ToArray();
        if (open.Length == 0 || instance.Status == WorkflowStatus.Finished) return (null, $"Nothing of '{activityId ?? activityInstanceId}' is under way.");
        return (new Burst(graph, instance, environment).Run(burst => Array.ForEach(open, burst.Leave)), null);
    }

    private static bool Is(Execution execution, string? activityId, string? activityInstanceId) =>
        activityInstanceId is null ? execution.ActivityId == activityId : execution.Id == activityInstanceId;

    internal static IEnumerable<Execution> All(Execution execution) =>
        execution.HasChildren ? execution.Children.SelectMany(All).Prepend(execution) : [execution];
}
