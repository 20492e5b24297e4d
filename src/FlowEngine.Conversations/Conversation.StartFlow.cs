namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// A run becomes owner. Only where nobody owns it and no person is engaged or awaited: a queue is never grabbed by a trigger (race R12),
    /// and of two triggers the second finds an owner (R13). The same run twice changes nothing.
    /// </summary>
    /// <param name="cause">What started it: the trigger, or the release that asked for it.</param>
    public Decision StartFlow(Guid instance, string name, DateTimeOffset now, string cause)
    {
        if (Lifecycle == Lifecycle.Finished)
        {
            return RefuseFinished();
        }

        if (Owner.IsFlow(instance))
        {
            return Decision.Unchanged(this);
        }

        if (Owner.Kind != OwnerKind.Nobody || Stage != Stage.None)
        {
            return RefuseOwnedByOther();
        }

        var next = this with { Owner = Owner.Flow(instance, name), FlowInstance = instance };
        return Change(next, new Act(Actor.Flow(instance, name), now, "flowStarted") { Cause = cause });
    }

    private Decision RefuseFinished() => Refuse(RefusalKind.Conflict, "finished", "The conversation is finished.");

    private Decision RefuseOwnedByOther() => Refuse(
        RefusalKind.Conflict, "ownedByOther", Owner.Name is { Length: > 0 } name ? $"The conversation belongs to {name}." : "The conversation belongs to somebody else.");
}
