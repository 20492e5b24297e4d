namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// The provider accepted one of our messages: it answers what the lead had written before it. Anybody's message ends unanswered-since, only
    /// a person's ends the human clock (invariant I14). A lead who wrote after the message was composed still waits: the clock stays, but starts
    /// no earlier than the message, since everything before it is answered. The tab cannot change by this.
    /// </summary>
    /// <param name="lastLeadOrder">Order number of the newest lead message; without it, a clock that started after the message decides.</param>
    public Conversation MessageAccepted(Message message, long? lastLeadOrder = null)
    {
        if (message.Episode != 0 && message.Episode != Episode)
        {
            return this;
        }

        var human = message.Author is AuthorKind.Agent or AuthorKind.PersonOutside;
        return this with
        {
            UnansweredSince = Remaining(UnansweredSince, message, lastLeadOrder),
            HumanWaitSince = human ? Remaining(HumanWaitSince, message, lastLeadOrder) : HumanWaitSince,
            PersonAnswered = PersonAnswered || human,
        };
    }

    /// <summary>A flow, rule, AI or outside automation has written in this episode; a fact of the tab (rule 7).</summary>
    public Decision AutomationSpoke(Actor by, DateTimeOffset now) => AutomationWrote || Lifecycle == Lifecycle.Finished
        ? Decision.Unchanged(this)
        : Change(this with { AutomationWrote = true }, new Act(by, now) { Cause = "automationWrote" });

    private static DateTimeOffset? Remaining(DateTimeOffset? clock, Message message, long? lastLeadOrder)
    {
        if (clock is not { } since)
        {
            return null;
        }

        var wroteAfter = lastLeadOrder is { } last ? last > message.Order : since > message.At;
        return wroteAfter ? Later(since, message.At) : null;
    }
}
