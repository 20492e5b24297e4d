using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Workflows.Interpreter;

internal sealed partial class Burst
{
    private void Execute(Execution execution)
    {
        execution.Status = ExecutionStatus.Running;
        MarkTrigger(execution);
        FaultReason? fault = null;
        try
        {
            execution.EvaluateInputs();
        }
        catch (InputFailure failure)
        {
            fault = FaultReason.Of(failure);
        }

        Journal(execution, "Started", state: execution.JournalledInputs);
        if (fault is not null) Fault(execution, fault);
        else Apply(execution, Guarded(execution, static (e, _, _) => e.Node.Activity.Execute(e)));
    }

    private void Resume(Execution execution, Bookmark bookmark, object? input)
    {
        Journal(execution, "Resumed");
        var result = Guarded(execution, static (e, b, i) => Resumed(e, b!, i), bookmark, input);
        // Only a bookmark whose resumption worked is burnt; after a fault it is still there for a look.
        if (result.Kind != ActivityResultKind.Faulted && bookmark.AutoBurn) RemoveBookmark(bookmark);
        Apply(execution, result);
    }

    private static ActivityResult Resumed(Execution execution, Bookmark bookmark, object? input)
    {
        execution.EvaluateInputs();
        return execution.Node.Activity.Resume(execution, bookmark, input);
    }

    /// <summary>A bug in an activity must not take the conversation down with it: it becomes an incident.</summary>
    private static ActivityResult Guarded(Execution execution, Func<Execution, Bookmark?, object?, ActivityResult> step, Bookmark? bookmark = null, object? input = null)
    {
        try
        {
            return step(execution, bookmark, input);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var fault = FaultReason.Of(exception);
            execution.Burst.Fault(execution, fault);
            return new ActivityResult(ActivityResultKind.Faulted);
        }
    }

    private void Apply(Execution execution, ActivityResult result)
    {
        switch (result.Kind)
        {
            case ActivityResultKind.Completed:
                Complete(execution, result.Outcomes ?? ActivityResult.Done.Outcomes!);
                break;
            case ActivityResultKind.Suspended:
                execution.SettleState();
                if (HasBookmark(execution)) Journal(execution, "Suspended");
                break;
            case ActivityResultKind.RunEnded:
                FinishAt(execution);
                break;
            case ActivityResultKind.Faulted when result.FaultInfo is { } info:
                Fault(execution, new FaultReason(info.Message, info.FaultType, info.Code, info.Category));
                break;
        }
    }

    private void Complete(Execution execution, IReadOnlyList<string> outcomes)
    {
        if (execution.Status != ExecutionStatus.Running || isFinished) return;
        End(execution, outcomes);
        if (execution.Parent is not { } parent)
        {
            isFinished = true;
            return;
        }

        if (parent.Status != ExecutionStatus.Running) return;
        var container = (ContainerActivity)parent.Node.Activity;
        Apply(parent, Guarded(parent, (e, _, _) => container.ChildCompleted(e, execution, outcomes)));
    }

    /// <summary>Cancels an execution from outside; a container in which nothing else goes on does not wait for it any more.</summary>
    public void Leave(Execution execution)
    {
        if (execution.Status is ExecutionStatus.Canceled or ExecutionStatus.Completed) return;
        Cancel(execution, isAlone: true);
        if (isFinished || execution.Parent is not { Status: ExecutionStatus.Running, HasChildren: false } parent) return;
        Apply(parent, Guarded(parent, (e, _, _) => ((ContainerActivity)e.Node.Activity).WithoutChild(e, execution)));
    }

    /// <summary>
    /// Completes a composite with the outcomes from within. The execution, and the containers that end with it, are completed; loops round it
    /// and what would have gone on are cancelled, as in Elsa.
    /// </summary>
    public void CompleteThrough(Execution execution, Execution composite, IReadOnlyList<string> outcomes)
    {
        var isInLoop = false;
        for (var at = execution; at != composite; at = at.Parent!)
        {
            if (at.Node.Activity is not ILoop) continue;
            isInLoop = true;
            Cancel(at, isAlone: false);
        }

        var done = ActivityResult.Done.Outcomes!;
        for (var at = execution; !isInLoop && at != composite; at = at.Parent!)
        {
            End(at, done);
            if (at.Parent is { } parent && parent != composite && !((ContainerActivity)parent.Node.Activity).EndsWith(parent, at)) break;
        }

        Complete(composite, outcomes);
    }

    private void End(Execution execution, IReadOnlyList<string> outcomes)
    {
        Abandon(execution);
        RemoveBookmarks(execution);
        execution.Status = ExecutionStatus.Completed;
        Journal(execution, "Completed", outcomes: outcomes, outputs: execution.JournalledOutputs);
        execution.Parent?.Children.Remove(execution);
    }

    /// <summary>The trigger that started the run is marked once; when the flow comes back to it, it waits.</summary>
    private void MarkTrigger(Execution execution)
    {
        if (execution.TriggerMark || instance.TriggerActivityId != execution.ActivityId || instance.IsTriggerUsed) return;
        instance.IsTriggerUsed = true;
        execution.TriggerMark = true;
    }
}
