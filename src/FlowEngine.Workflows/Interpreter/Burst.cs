using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>
/// One burst of one instance: a first-in first-out queue of executions, run until it is empty, the run ended or a limit was
/// reached. Nothing here outlives the burst but what it did to the instance.
/// </summary>
internal sealed partial class Burst(WorkflowGraph graph, WorkflowInstance instance, RunEnvironment environment)
{
    private readonly Queue<Work> queue = new();
    private ScriptHost? scripts;
    private ScriptRandom? random;
    private int steps;
    private bool isFinished;
    private bool isHalted;

    private readonly record struct Work(Execution Execution, Bookmark? Bookmark = null, object? Input = null);

    public WorkflowGraph Graph => graph;

    public WorkflowInstance Instance => instance;

    public RunEnvironment Environment => environment;

    public DateTimeOffset Now => environment.Now;

    public object? Host => environment.Host;

    public OutputRegister Outputs { get; } = new();

    /// <summary>Made when the first script runs.</summary>
    public ScriptHost Scripts => scripts ??= new ScriptHost(this);

    public ScriptRandom Random => random ??= new ScriptRandom(environment.Seed);

    public Guid NewId() => environment.NewId?.Invoke() ?? Random.NextGuid();

    public RunResult Run(Action<Burst> begin)
    {
        instance.Burst = this;
        instance.Status = WorkflowStatus.Running;
        instance.SubStatus = WorkflowSubStatus.Executing;
        begin(this);
        Drain();
        Settle();
        instance.Burst = null;
        return new RunResult(instance, journal, added, removed, incidents, console, effects);
    }

    public Execution Schedule(Execution parent, ActivityNode child, string? tag)
    {
        var execution = new Execution(instance, child, parent, instance.NextExecution()) { Tag = tag };
        parent.Children.Add(execution);
        queue.Enqueue(new Work(execution));
        return execution;
    }

    public void Enqueue(Execution execution) => queue.Enqueue(new Work(execution));

    public void Enqueue(Execution execution, Bookmark bookmark, object? input) => queue.Enqueue(new Work(execution, bookmark, input));

    /// <summary>Ends the whole run as finished; what is queued or waits is dropped without a trace, as in Elsa.</summary>
    public void FinishAt(Execution execution)
    {
        End(execution, Activities.ActivityResult.Done.Outcomes!);
        isFinished = true;
        queue.Clear();
        RemoveAllBookmarks();
    }

    private void Drain()
    {
        while (!isFinished && queue.TryDequeue(out var work))
        {
            if (work.Execution.Status is not (ExecutionStatus.Pending or ExecutionStatus.Running)) continue;
            if (++steps > environment.Limits.Steps)
            {
                Halt(work.Execution, "StepLimit", $"The flow ran {environment.Limits.Steps} activities without waiting; a loop probably never waits.");
                return;
            }

            if (work.Execution.Node.Depth > environment.Limits.Depth)
            {
                Halt(work.Execution, "DepthLimit", $"Activities are nested deeper than {environment.Limits.Depth}.");
                return;
            }

            if (work.Bookmark is { } bookmark) Resume(work.Execution, bookmark, work.Input);
            else Execute(work.Execution);
        }
    }

    /// <summary>A limit was reached: the run faults whatever its incident strategy; what is queued stays for a retry.</summary>
    public void Halt(Execution execution, string code, string message)
    {
        isHalted = true;
        queue.Clear();
        Fault(execution, new FaultReason(message, "FlowEngine.LimitReached", code, "Limit"));
    }

    /// <summary>What the instance is after the queue ran dry.</summary>
    private void Settle()
    {
        if (!isFinished && !isHalted) FaultWhatWaitsForNothing(instance.Root!);
        CheckStateSize();
        if (isFinished)
        {
            instance.Root!.Children.Clear();
            instance.Status = WorkflowStatus.Finished;
            // As in Elsa: what went on beside a fault may come to the end, and the run has faulted all the same.
            instance.SubStatus = incidents.Count > 0 && !graph.ContinuesWithIncidents ? WorkflowSubStatus.Faulted : WorkflowSubStatus.Finished;
        }
        else if (isHalted || (!graph.ContinuesWithIncidents && HasFault(instance.Root!)))
        {
            instance.Status = WorkflowStatus.Finished;
            instance.SubStatus = WorkflowSubStatus.Faulted;
        }
        else
        {
            instance.SubStatus = WorkflowSubStatus.Suspended;
        }
    }

    private void CheckStateSize()
    {
        var size = StateSize.Of(instance);
        if (isFinished || isHalted || size <= environment.Limits.StateSize) return;
        Halt(instance.Root!, "StateLimit", $"The run's state of {size} bytes is larger than {environment.Limits.StateSize}.");
    }

    /// <summary>Unfinished work that no bookmark will ever wake is an incident, not a silent suspension.</summary>
    private void FaultWhatWaitsForNothing(Execution execution)
    {
        foreach (var child in execution.Children.ToArray()) FaultWhatWaitsForNothing(child);
        if (execution.Status != ExecutionStatus.Running || execution.HasChildren || HasBookmark(execution)) return;
        Fault(execution, new FaultReason($"'{execution.ActivityName}' has not ended and waits for nothing.", "FlowEngine.Stuck", "Stuck", "Flow"));
    }

    private static bool HasFault(Execution execution) =>
        execution.Status == ExecutionStatus.Faulted || (execution.HasChildren && execution.Children.Exists(HasFault));
}
