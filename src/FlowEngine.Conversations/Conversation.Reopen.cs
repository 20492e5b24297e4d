namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// A person starts a new episode and owns it: Open, no clock, since the lead has not written in it. When the lead's message reopened it
    /// first, this is a claim of that episode (race R57: one episode).
    /// </summary>
    public Decision Reopen(Actor actor, Staff staff, DateTimeOffset now)
    {
        if (Lifecycle == Lifecycle.Active)
        {
            return Claim(actor, null, staff, now);
        }

        var fresh = NewEpisode();
        return fresh.RefuseClaim(actor, staff) is { Refusal: { } refusal }
            ? Refuse(refusal.Kind, refusal.Code, refusal.Message)
            : Change(fresh.TakenBy(actor, now), new Act(actor, now, "reopened", "claimed") { Revokes = true });
    }
}
