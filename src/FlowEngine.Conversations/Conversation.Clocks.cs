namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// Whether free text may be sent (invariant I15). Unknown counts as closed; <paramref name="margin"/> is kept free before the end, so that
    /// a message that is released just in time also arrives in time. Templates need no window.
    /// </summary>
    public bool WindowOpenAt(DateTimeOffset now, TimeSpan margin, WindowKind kind = WindowKind.Sliding) =>
        kind == WindowKind.None || (WindowUntil is { } until && now + margin < until);

    /// <summary>
    /// Nobody owns it, the lead wrote, and no flow took that message in the same turn: a person is needed from now, or from the
    /// lead's first unanswered message if that is earlier (ownership.md section 2). Otherwise nothing changes.
    /// </summary>
    public Decision OweAnswer(DateTimeOffset now)
    {
        if (Lifecycle == Lifecycle.Finished || Owner.Kind != OwnerKind.Nobody || !LeadWrote || HumanWaitSince is not null)
        {
            return Decision.Unchanged(this);
        }

        return Change(OwingPerson(now), new Act(Actor.System, now) { Cause = "nobodyOwns", Quiet = true });
    }

    /// <summary>A person became needed: the clock starts at the earlier of that moment and unanswered-since; a running one is never touched (I14).</summary>
    private Conversation OwingPerson(DateTimeOffset moment) => this with { HumanWaitSince = HumanWaitSince ?? Earlier(UnansweredSince, moment) };
}
