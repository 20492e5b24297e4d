namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// A person in charge says that the lead's last words want no answer, such as a thank-you: both clocks end as by an answer (invariant I14), and
    /// start again with the lead's next message. Owner, stage and tab stay. Only where a person has attended the lead: who has heard from none
    /// yet is answered, or the episode is finalized.
    /// </summary>
    /// <param name="seenOrder">Order number of the newest lead message that the actor saw; null when it does not matter.</param>
    /// <param name="lastLeadOrder">Order number of the newest lead message there is.</param>
    /// <returns>Conflict newMessage when the lead wrote since (race R50), ownedByOther, finished; Forbidden notAllowed; Invalid notAnswered.</returns>
    public Decision NoAnswerNeeded(Actor actor, DateTimeOffset now, long? seenOrder, long lastLeadOrder)
    {
        if (RefuseUnlessInCharge(actor) is { } refused)
        {
            return refused;
        }

        if (Stage != Stage.Engaged)
        {
            return Refuse(RefusalKind.Invalid, "notAnswered", "No person has answered this lead yet: answer, or finalize.");
        }

        if (RefuseUnseen(seenOrder, lastLeadOrder) is { } unseen)
        {
            return unseen;
        }

        return UnansweredSince is null && HumanWaitSince is null
            ? Decision.Unchanged(this)
            : Change(this with { UnansweredSince = null, HumanWaitSince = null, Unread = 0 }, new Act(actor, now, "noAnswerNeeded") { Quiet = true });
    }
}
