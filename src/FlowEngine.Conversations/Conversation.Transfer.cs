namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>The owner or a supervisor gives it to an agent or a department. Engaged stays engaged; clocks run on.</summary>
    /// <returns>Conflict finished or ownedByOther (the second of two transfers, race R30); Forbidden notAllowed; Invalid unknownTarget.</returns>
    public Decision Transfer(Actor actor, Target target, Staff staff, DateTimeOffset now) => Give(actor, target, staff, now, "transferred");

    /// <summary>As a transfer to a department's queue, recorded as a release.</summary>
    public Decision ReleaseToQueue(Actor actor, string department, Staff staff, DateTimeOffset now) =>
        Give(actor, new Target(department, null), staff, now, "released");

    private Decision Give(Actor actor, Target target, Staff staff, DateTimeOffset now, string kind)
    {
        if (RefuseUnlessInCharge(actor) is { } refused)
        {
            return refused;
        }

        if (Resolve(target, staff) is not { } to)
        {
            return RefuseUnknownTarget(target);
        }

        if (SameParty(to.Owner, Owner))
        {
            return Decision.Unchanged(this);
        }

        var next = Stage == Stage.None ? GivenTo(to).OwingPerson(now) with { Stage = Stage.Awaiting } : GivenTo(to);
        return Change(next, new Act(actor, now, kind) { Data = Facts(("department", to.Department), ("to", to.Owner.Name)) });
    }

    /// <summary>The owner (a person, or an outside automation), a supervisor, and the system's own rules (whose condition holds at commit) may; others learn why not.</summary>
    private Decision? RefuseUnlessInCharge(Actor actor)
    {
        if (Lifecycle == Lifecycle.Finished)
        {
            return RefuseFinished();
        }

        var owns = actor is { AgentId: { } id, Role: not Role.None } ? Owner.IsAgent(id) : actor is { Kind: ActorKind.OtherApp, Id: { } app } && Owner.IsApp(app);
        if (owns || actor.Role >= Role.Supervisor || actor.Kind is ActorKind.System or ActorKind.Rule)
        {
            return null;
        }

        return Owner.Kind == OwnerKind.Agent && actor.Role == Role.Agent ? RefuseOwnedByOther() : RefuseNotAllowed();
    }
}
