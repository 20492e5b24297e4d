using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities;

/// <summary>
/// The behaviour of one node type. Stateless and shared by all runs: what a run needs to remember stands in
/// <see cref="ActivityContext"/>. It never sends, saves or sleeps; it answers what happened.
/// </summary>
public abstract class Activity
{
    public abstract ActivityDescriptor Descriptor { get; }

    public abstract ActivityResult Execute(ActivityContext context);

    /// <summary>One of its bookmarks was hit with <paramref name="input"/>. By default the activity completes with <c>Done</c>.</summary>
    public virtual ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input) => ActivityResult.Done;
}

/// <summary>Completed with outcomes, suspended on the bookmarks it made (or on its children), or faulted.</summary>
public readonly record struct ActivityResult(ActivityResultKind Kind, IReadOnlyList<string>? Outcomes = null, FaultInfo? FaultInfo = null)
{
    internal const string DefaultOutcome = "Done";

    private static readonly string[] DoneOutcome = [DefaultOutcome];

    public static readonly ActivityResult Done = new(ActivityResultKind.Completed, DoneOutcome);

    /// <summary>Completed, and the whole run with it, whatever else is still going on.</summary>
    public static readonly ActivityResult EndOfRun = new(ActivityResultKind.RunEnded);

    public static readonly ActivityResult Suspended = new(ActivityResultKind.Suspended);

    public static ActivityResult Outcome(params string[] outcomes) => new(ActivityResultKind.Completed, outcomes);

    public static ActivityResult Fault(string code, string message, string? category = null, string? faultType = null) =>
        new(ActivityResultKind.Faulted, null, new FaultInfo(code, message, category, faultType));
}

public enum ActivityResultKind { Completed, Suspended, Faulted, RunEnded }

public sealed record FaultInfo(string Code, string Message, string? Category = null, string? FaultType = null);
