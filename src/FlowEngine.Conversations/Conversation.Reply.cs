namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// A person writes to the lead: claims where no person of the desk owns it, and engages. A supervisor writing into another agent's
    /// conversation intervenes: the owner stays (<see cref="IsIntervention"/> says so for the message). The clocks run until the reply settles
    /// accepted (<see cref="MessageAccepted"/>). Whether the window is open is for the caller to ask (<see cref="WindowOpenAt"/>).
    /// </summary>
    /// <returns>Conflict finished or ownedByOther; Forbidden notAllowed.</returns>
    public Decision Reply(Actor actor, Staff staff, DateTimeOffset now)
    {
        var owns = actor.AgentId is { } id && Owner.IsAgent(id);
        if (owns && Lifecycle == Lifecycle.Finished)
        {
            return RefuseFinished();
        }

        if (!owns && RefuseClaim(actor, staff) is { } refused)
        {
            return refused;
        }

        var claims = !owns && !IsIntervention(actor);
        var next = (claims ? TakenBy(actor, now) : this) with { Stage = Stage.Engaged, Unread = 0 };
        string[] kinds = claims ? ["claimed", "replied"] : !owns || Stage != Stage.Engaged ? ["replied"] : [];
        return Change(next, new Act(actor, now, kinds) { Cause = claims || owns ? null : "intervention" });
    }

    /// <summary>Whether what this person writes now is an intervention in another agent's conversation.</summary>
    public bool IsIntervention(Actor actor) => Owner.Kind == OwnerKind.Agent && (actor.AgentId is not { } id || !Owner.IsAgent(id));
}
