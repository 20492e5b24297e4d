using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Workflows.Interpreter;

internal sealed partial class Burst
{
    public void Fault(Execution execution, FaultReason fault)
    {
        if (execution.Status is ExecutionStatus.Completed or ExecutionStatus.Canceled && execution.Parent is { } parent && !parent.Children.Contains(execution))
        {
            // What it set going failed after it had ended: it is unfinished again, so that a retry can run it.
            parent.Children.Add(execution);
        }

        execution.Status = ExecutionStatus.Faulted;
        Journal(execution, "Faulted", fault.Message);
        var incident = new Incident(
            execution.ActivityId,
            execution.NodeId,
            execution.Node.TypeName,
            execution.Id,
            fault.Message,
            fault.ExceptionType,
            fault.Code,
            fault.Category,
            Now)
        {
            Cause = fault.Cause,
        };
        instance.Incidents.Add(incident);
        incidents.Add(incident);
    }

    /// <summary>Cancels an execution and all below it. <paramref name="isAlone"/>: its container goes on without it and is told.</summary>
    public void Cancel(Execution execution, bool isAlone)
    {
        var hadBegun = execution.Status != ExecutionStatus.Pending;
        CancelChildren(execution);
        RemoveBookmarks(execution);
        execution.Status = ExecutionStatus.Canceled;
        if (hadBegun) Journal(execution, "Canceled");
        if (execution.Parent is not { } parent) return;
        parent.Children.Remove(execution);
        if (isAlone && parent.Status == ExecutionStatus.Running) ((ContainerActivity)parent.Node.Activity).ChildCanceled(parent, execution);
    }

    /// <summary>Cancels the whole run: every execution gets its closing entry, innermost first.</summary>
    public void CancelRun(string reason)
    {
        var root = instance.Root!;
        CancelChildren(root);
        RemoveAllBookmarks();
        root.Status = ExecutionStatus.Canceled;
        Journal(root, "Canceled");
        Journal(root, "Workflow cancelled", reason);
        isFinished = true;
    }

    /// <summary>Takes back a fault and queues the execution again, with what was queued when a limit stopped the burst.</summary>
    public void Retry(Execution faulted)
    {
        CancelChildren(faulted);
        RemoveBookmarks(faulted);
        faulted.ForgetState();
        faulted.Status = ExecutionStatus.Pending;
        EnqueuePending();
    }

    /// <summary>Takes back a fault of a resumption: it is resumed again with what the environment brings.</summary>
    public void ResumeAgain(Execution faulted, Bookmark bookmark)
    {
        CancelChildren(faulted);
        faulted.Status = ExecutionStatus.Running;
        Enqueue(faulted, bookmark, null);
        EnqueuePending();
    }

    /// <summary>Goes on as if the faulted execution had completed with the outcome.</summary>
    public void Skip(Execution faulted, string outcome)
    {
        CancelChildren(faulted);
        RemoveBookmarks(faulted);
        faulted.Status = ExecutionStatus.Running;
        Journal(faulted, "Skipped");
        EnqueuePending();
        Complete(faulted, outcome == Activities.ActivityResult.DefaultOutcome ? Activities.ActivityResult.Done.Outcomes! : [outcome]);
    }

    private void EnqueuePending()
    {
        foreach (var pending in Pending(instance.Root!).OrderBy(e => e.Number)) Enqueue(pending);
    }

    /// <summary>Cancels what is under way in a container that ends by itself. The journal has the outer ones first then, as in Elsa.</summary>
    private void Abandon(Execution container)
    {
        if (!container.HasChildren) return;
        foreach (var child in container.Children.ToArray())
        {
            var hadBegun = child.Status != ExecutionStatus.Pending;
            RemoveBookmarks(child);
            child.Status = ExecutionStatus.Canceled;
            if (hadBegun) Journal(child, "Canceled");
            container.Children.Remove(child);
            Abandon(child);
        }
    }

    private void CancelChildren(Execution execution)
    {
        if (!execution.HasChildren) return;
        foreach (var child in execution.Children.ToArray()) Cancel(child, isAlone: false);
    }

    private static IEnumerable<Execution> Pending(Execution execution)
    {
        if (execution.Status == ExecutionStatus.Pending) yield return execution;
        if (!execution.HasChildren) yield break;
        foreach (var pending in execution.Children.SelectMany(Pending)) yield return pending;
    }
}
