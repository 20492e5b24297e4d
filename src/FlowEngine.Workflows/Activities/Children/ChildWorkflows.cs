using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Children;

/// <summary>What the activities that start other workflows have in common.</summary>
public static class ChildWorkflows
{
    private const string ChildInstanceId = "ChildInstanceId";

    private static readonly string[] Waiting = [ExecuteWorkflow.TypeName, DispatchWorkflow.TypeName, BulkDispatchWorkflows.TypeName];

    /// <summary>What the parent of a finished child is resumed by: the hash of its bookmark, whichever activity made it.</summary>
    public static IEnumerable<string> CompletionHashes(Guid child) => Waiting.Select(name => BookmarkHash.Of(name, Payload(child)));

    /// <summary>What the parent is told of a child that has ended, by whatever way.</summary>
    public static Dictionary<string, object?> Completion(WorkflowInstance child) => Result(
        child.Id, new ChildRun(child.Status, child.SubStatus, child.CorrelationId, child.Output, []));

    /// <summary>The child that a run waits for at a bookmark; null at every other bookmark.</summary>
    public static Guid? ChildOf(Bookmark bookmark) => Waiting.Contains(bookmark.Name)
        && Guid.TryParse((string?)bookmark.Payload?[ChildInstanceId], out var child) ? child : null;

    internal static Dictionary<string, object?> Payload(Guid child) => new(StringComparer.Ordinal) { [ChildInstanceId] = child.ToString() };

    /// <summary>In Elsa's members and numbers, so that scripts that read them go on working.</summary>
    internal static Dictionary<string, object?> Result(Guid id, ChildRun run) => new(StringComparer.Ordinal)
    {
        ["WorkflowDefinitionVersionId"] = null,
        ["WorkflowInstanceId"] = id.ToString(),
        ["CorrelationId"] = run.CorrelationId,
        ["Status"] = (long)run.Status,
        ["SubStatus"] = (long)run.SubStatus,
        ["Output"] = new Dictionary<string, object?>(run.Output, StringComparer.Ordinal),
    };

    /// <summary>Whether a value is what <see cref="Result"/> made.</summary>
    internal static bool IsResult(Dictionary<string, object?> value) =>
        value.Count == 6 && value.ContainsKey("WorkflowInstanceId") && value.ContainsKey("SubStatus") && value.ContainsKey("Output") && value.ContainsKey("WorkflowDefinitionVersionId");

    /// <summary>The child that the inputs describe, or why it cannot be started.</summary>
    internal static (ChildStart? Child, ActivityResult Fault) Ask(Execution parent, IReadOnlyDictionary<string, object?>? more = null, string? correlationId = null)
    {
        var definition = parent.Input<string>("WorkflowDefinitionId");
        if (string.IsNullOrWhiteSpace(definition)) return (null, ActivityResult.Fault("NoWorkflow", "Say which workflow to run.", "Workflow"));
        if (parent.Burst.Environment.Children is not { } children) return (null, ActivityResult.Fault("NoChildWorkflows", "Other workflows cannot be run here.", "Workflow"));
        if (!children.IsPublished(definition)) return (null, ActivityResult.Fault("WorkflowNotFound", $"No published version of workflow definition with ID {definition} found.", "Workflow"));
        var depth = parent.Instance.Depth + 1;
        var limit = parent.Burst.Environment.Limits.ChildDepth;
        if (depth > limit) return (null, ActivityResult.Fault("ChildDepthLimit", $"Workflows that start workflows are nested deeper than {limit}.", "Limit"));
        var input = new Dictionary<string, object?>(parent.Input<Dictionary<string, object?>>("Input") ?? [], StringComparer.Ordinal);
        foreach (var (name, value) in more ?? new Dictionary<string, object?>()) input[name] = value;
        input["ParentInstanceId"] = parent.InstanceId.ToString();
        return (new ChildStart(parent.Burst.NewId(), definition, correlationId ?? Correlation(parent), input, parent.InstanceId, depth), default);
    }

    /// <summary>A completion that the bookmark was resumed with: did the child end well?</summary>
    internal static bool HasFaulted(object? completion) =>
        completion is Dictionary<string, object?> result && result.GetValueOrDefault("SubStatus") is long status && status != (long)WorkflowSubStatus.Finished;

    private static string? Correlation(Execution parent) => parent.Node.Shape.InputIndex("CorrelationId") < 0 ? null : parent.Input<string>("CorrelationId");
}
