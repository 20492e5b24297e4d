using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Interpreter;

/// <param name="TriggerActivityId">The trigger that starts it; null starts at the root.</param>
/// <param name="Depth">How many parents are above it.</param>
/// <param name="FlowchartMode">For this run only; null takes the definition's, else the environment's.</param>
public sealed record StartRequest(
    Guid InstanceId,
    string? CorrelationId = null,
    IReadOnlyDictionary<string, object?>? Input = null,
    string? TriggerActivityId = null,
    object? TriggerInput = null,
    FlowchartMode? FlowchartMode = null,
    Guid? ParentInstanceId = null,
    int Depth = 0);

/// <summary>What one burst did. <see cref="Instance"/> is the same object, advanced.</summary>
public sealed record RunResult(
    WorkflowInstance Instance,
    IReadOnlyList<JournalEntry> Journal,
    IReadOnlyList<Bookmark> BookmarksAdded,
    IReadOnlyList<Bookmark> BookmarksRemoved,
    IReadOnlyList<Incident> NewIncidents,
    IReadOnlyList<string> ConsoleLines,
    IReadOnlyList<RunEffect> Effects);

/// <summary>Runs a graph until it blocks, finishes or faults. Pure but for the host that the environment brings.</summary>
public static class Interpreter
{
    public static RunResult Start(WorkflowGraph graph, StartRequest request, RunEnvironment environment)
    {
        var instance = new WorkflowInstance
        {
            Id = request.InstanceId,
            DefinitionId = graph.DefinitionId,
            DefinitionVersionId = graph.VersionId,
            Version = graph.Version,
            CorrelationId = request.CorrelationId,
            TriggerActivityId = request.TriggerActivityId,
            TriggerInput = PlainValue.From(request.TriggerInput),
            ParentInstanceId = request.ParentInstanceId,
            Depth = request.Depth,
            FlowchartMode = request.FlowchartMode ?? graph.FlowchartMode ?? environment.FlowchartMode,
        };
        foreach (var (name, value) in request.Input ?? new Dictionary<string, object?>()) instance.SetInput(name, value, graph);
        instance.Root = new Execution(instance, graph.Root, null, instance.NextExecution());
        return new Burst(graph, instance, environment).Run(burst => burst.Enqueue(instance.Root));
    }

    /// <summary>Resumes at a bookmark; a bookmark that is gone changes nothing (it was burnt).</summary>
    public static RunResult Resume(WorkflowGraph graph, WorkflowInstance instance, string bookmarkId, object? input, RunEnvironment environment)
    {
        var bookmark = instance.Bookmarks.Find(b => b.Id == bookmarkId);
        if (bookmark is null || instance.Status == WorkflowStatus.Finished) return Unchanged(instance);
        if (Find(instance.Root!, bookmark.ActivityInstanceId) is not { Status: ExecutionStatus.Running } execution) return Unchanged(instance);
        if (graph.HasTransientVariables) instance.Root!.ForgetTransientVariables();
        var plain = PlainValue.From(input);
        return new Burst(graph, instance, environment).Run(burst => burst.Enqueue(execution, bookmark, plain));
    }

    /// <summary>Runs the faulted execution again, with all that followed from its fault taken back; works in every container.</summary>
    public static RunResult Retry(WorkflowGraph graph, WorkflowInstance instance, string activityInstanceId, RunEnvironment environment) =>
        Repair(graph, instance, activityInstanceId, environment, static (burst, faulted) => burst.Retry(faulted));

    /// <summary>
    /// As <see cref="Retry"/>; but one that failed while it was resumed is resumed again at its bookmark, which a failed resumption does not
    /// burn: a question whose answer could not be worked on takes that answer again instead of asking again.
    /// </summary>
    public static RunResult RetryWhereItStood(WorkflowGraph graph, WorkflowInstance instance, string activityInstanceId, RunEnvironment environment)
    {
        var bookmark = instance.Bookmarks.Find(b => b.ActivityInstanceId == activityInstanceId);
        return bookmark is null
            ? Retry(graph, instance, activityInstanceId, environment)
            : Repair(graph, instance, activityInstanceId, environment, (burst, faulted) => burst.ResumeAgain(faulted, bookmark));
    }

    /// <summary>Goes on without the faulted execution: it counts as completed with the outcome.</summary>
    public static RunResult Skip(WorkflowGraph graph, WorkflowInstance instance, string activityInstanceId, string outcome, RunEnvironment environment) =>
        Repair(graph, instance, activityInstanceId, environment, (burst, faulted) => burst.Skip(faulted, outcome));

    /// <summary>The ways by which the faulted execution could go on, the usual one first; empty when there is no such execution.</summary>
    public static IReadOnlyList<string> OutcomesOf(WorkflowInstance instance, string activityInstanceId) =>
        Find(instance.Root!, activityInstanceId) is { Status: ExecutionStatus.Faulted } faulted
            ? [.. faulted.Node.Activity.Descriptor.Outcomes.DefaultIfEmpty(ActivityResult.DefaultOutcome).OrderByDescending(o => o == ActivityResult.DefaultOutcome)]
            : [];

    private static RunResult Repair(
        WorkflowGraph graph, WorkflowInstance instance, string activityInstanceId, RunEnvironment environment, Action<Burst, Execution> how)
    {
        if (instance.SubStatus == WorkflowSubStatus.Cancelled) return Unchanged(instance);
        if (Find(instance.Root!, activityInstanceId) is not { Status: ExecutionStatus.Faulted } faulted) return Unchanged(instance);
        if (graph.HasTransientVariables) instance.Root!.ForgetTransientVariables();
        return new Burst(graph, instance, environment).Run(burst => how(burst, faulted));
    }

    /// <summary>Ends it as Finished/Cancelled and closes journal and records.</summary>
    public static RunResult Cancel(WorkflowGraph graph, WorkflowInstance instance, string reason, RunEnvironment environment)
    {
        // A faulted run is finished only on the wire; it can still be retried, so it can be cancelled too.
        if (instance.Status == WorkflowStatus.Finished && instance.SubStatus != WorkflowSubStatus.Faulted) return Unchanged(instance);
        var result = new Burst(graph, instance, environment).Run(burst => burst.CancelRun(reason));
        instance.SubStatus = WorkflowSubStatus.Cancelled;
        return result;
    }

    private static RunResult Unchanged(WorkflowInstance instance) => new(instance, [], [], [], [], [], []);

    private static Execution? Find(Execution execution, string id)
    {
        if (execution.Id == id) return execution;
        if (!execution.HasChildren) return null;
        foreach (var child in execution.Children)
        {
            if (Find(child, id) is { } found) return found;
        }

        return null;
    }
}
