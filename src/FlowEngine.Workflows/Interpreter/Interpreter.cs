using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Workflows.Interpreter;

/// <param name="TriggerActivityId">The trigger that starts it; null starts at the root.</param>
public sealed record StartRequest(
    Guid InstanceId,
    string? CorrelationId = null,
    IReadOnlyDictionary<string, object?>? Input = null,
    string? TriggerActivityId = null,
    object? TriggerInput = null);

/// <summary>What one burst did. <see cref="Instance"/> is the same object, advanced.</summary>
public sealed record RunResult(
    WorkflowInstance Instance,
    IReadOnlyList<JournalEntry> Journal,
    IReadOnlyList<Bookmark> BookmarksAdded,
    IReadOnlyList<Bookmark> BookmarksRemoved,
    IReadOnlyList<Incident> NewIncidents,
    IReadOnlyList<string> ConsoleLines);

/// <summary>Runs a graph until it blocks, finishes or faults. Pure but for the host that the environment brings.</summary>
public static class Interpreter
{
    public static RunResult Start(WorkflowGraph graph, StartRequest request, RunEnvironment environment) => throw new NotImplementedException();

    /// <summary>Resumes at a bookmark; a bookmark that is gone changes nothing (it was burnt).</summary>
    public static RunResult Resume(WorkflowGraph graph, WorkflowInstance instance, string bookmarkId, object? input, RunEnvironment environment) => throw new NotImplementedException();

    /// <summary>Runs the faulted execution again, with all that followed from its fault taken back; works in every container.</summary>
    public static RunResult Retry(WorkflowGraph graph, WorkflowInstance instance, string activityInstanceId, RunEnvironment environment) => throw new NotImplementedException();

    /// <summary>Ends it as Finished/Cancelled and closes journal and records.</summary>
    public static RunResult Cancel(WorkflowGraph graph, WorkflowInstance instance, string reason, RunEnvironment environment) => throw new NotImplementedException();
}
