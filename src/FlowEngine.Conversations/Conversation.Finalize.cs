using System.Collections.Immutable;

namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// The episode ends: by its owner, a supervisor, or a rule whose condition holds at commit (also from Open). Nobody owns it then, both clocks
    /// and all problems end, the run is dropped (invariant I16); who was responsible is kept. A second finalize changes nothing (race R54).
    /// </summary>
    /// <param name="seenOrder">Order number of the newest lead message that the actor saw; null when it does not matter.</param>
    /// <param name="lastLeadOrder">Order number of the newest lead message there is.</param>
    /// <returns>Conflict newMessage when the lead wrote since (race R50), ownedByOther; Forbidden notAllowed.</returns>
    public Decision Finalize(Actor actor, string? reason, DateTimeOffset now, long? seenOrder, long lastLeadOrder)
    {
        if (Lifecycle == Lifecycle.Finished)
        {
            return Decision.Unchanged(this);
        }

        return RefuseUnlessInCharge(actor) ?? RefuseUnseen(seenOrder, lastLeadOrder) ?? Finished(actor, reason, now, "finalized");
    }

    /// <summary>The owning run ends the episode; what it said just before goes with the new epoch (<see cref="LastWords"/>).</summary>
    public Decision FinalizeByFlow(Guid instance, string? reason, DateTimeOffset now) =>
        RefuseUnlessFlow(instance) ?? Finished(Actor.Flow(instance, Owner.Name ?? ""), reason, now, "finalized");

    /// <summary>What was decided without having read the lead's newest message is decided again (race R50).</summary>
    private Decision? RefuseUnseen(long? seenOrder, long lastLeadOrder) =>
        lastLeadOrder > seenOrder ? Refuse(RefusalKind.Conflict, "newMessage", "The lead has written since you looked.") : null;

    private Decision Finished(Actor by, string? reason, DateTimeOffset now, string kind)
    {
        var next = this with
        {
            Lifecycle = Lifecycle.Finished,
            Owner = Owner.Nobody,
            Stage = Stage.None,
            UnansweredSince = null,
            HumanWaitSince = null,
            FlowInstance = null,
            Problems = ImmutableArray<Problem>.Empty,
            Unread = by.Kind == ActorKind.Agent ? 0 : Unread,
            FinishedAt = now,
            FinishedBy = by.Name,
            FinishReason = reason,
        };
        string[] kinds = kind == "finalized" ? [kind] : [kind, "finalized"];
        return Change(next, new Act(by, now, kinds) { Cause = reason, Revokes = true });
    }
}
