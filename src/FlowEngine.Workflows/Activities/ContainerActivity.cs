using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities;

/// <summary>
/// An activity that runs others. <c>Suspended</c> means that its children go on; a container without children that answers it
/// is stuck. Inputs are not kept over a wait: what later rounds need stands in the state.
/// </summary>
internal abstract class ContainerActivity : Activity
{
    public sealed override ActivityResult Execute(ActivityContext context) => Begin((Execution)context);

    /// <summary>Schedules the first children. Runs again when a fault of the container itself is retried.</summary>
    protected abstract ActivityResult Begin(Execution container);

    /// <summary>A child ended with outcomes; it is no longer among the children.</summary>
    public virtual ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) => ActivityResult.Done;

    /// <summary>Whether the child's end is the container's, for a Complete below it.</summary>
    public virtual bool EndsWith(Execution container, Execution child) => !container.HasChildren;

    /// <summary>A child was cancelled while the container goes on.</summary>
    public virtual void ChildCanceled(Execution container, Execution child)
    {
    }

    /// <summary>The last child was cancelled from outside: how the container goes on without it. It is told of the cancelling before.</summary>
    public virtual ActivityResult WithoutChild(Execution container, Execution child) => ChildCompleted(container, child, []);

    protected static ActivityResult DoneWhenEmpty(Execution container) => container.HasChildren ? ActivityResult.Suspended : ActivityResult.Done;
}

/// <summary>A break from below that passes through ends it with the child that is ending; every other container goes on with its own.</summary>
internal interface IBreakable;

/// <summary>Stops a break that comes from below.</summary>
internal interface ILoop : IBreakable;
