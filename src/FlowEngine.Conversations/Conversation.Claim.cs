namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// A person takes the conversation over (ownership.md section 3). An agent may from anybody but another agent, in its own departments;
    /// a supervisor from anyone; for the owner itself it is a no-op. With a lead who wrote it waits for the reply, clock running; a lead who
    /// has not written is Open without a clock. The run behind it is parked, and its problems are handed to the person.
    /// </summary>
    /// <param name="expectedEpoch">The epoch that the person saw; null to take it whatever happened since.</param>
    /// <returns>Conflict finished, ownedByOther, staleEpoch; Forbidden notAllowed.</returns>
    public Decision Claim(Actor actor, long? expectedEpoch, Staff staff, DateTimeOffset now)
    {
        if (actor.AgentId is { } own && Owner.IsAgent(own) && Lifecycle == Lifecycle.Active)
        {
            return Decision.Unchanged(this);
        }

        if (RefuseClaim(actor, staff) is { } refused)
        {
            return refused;
        }

        if (expectedEpoch is { } seen && seen != Epoch)
        {
            return RefuseStale();
        }

        return Change(TakenBy(actor, now), new Act(actor, now, "claimed"));
    }

    private Decision? RefuseClaim(Actor actor, Staff staff)
    {
        if (actor.AgentId is not { } id || actor.Role == Role.None || staff.Agents.GetValueOrDefault(id) is { Active: false })
        {
            return RefuseNotAllowed();
        }

        if (Lifecycle == Lifecycle.Finished)
        {
            return RefuseFinished();
        }

        if (actor.Role >= Role.Supervisor)
        {
            return null;
        }

        if (Owner.Kind == OwnerKind.Agent)
        {
            return RefuseOwnedByOther();
        }

        return DepartmentAllows(id, staff) ? null : RefuseNotAllowed();
    }

    private bool DepartmentAllows(Guid agent, Staff staff) =>
        Department is null || (staff.Agents.GetValueOrDefault(agent) is { Active: true } entry && entry.Departments.Contains(Department));

    private Decision RefuseNotAllowed() => Refuse(RefusalKind.Forbidden, "notAllowed", "You may not do this with this conversation.");

    private Conversation TakenBy(Actor actor, DateTimeOffset now)
    {
        var taken = GivenTo((Owner.Agent(actor.AgentId!.Value, actor.Name), Department));
        if (Stage == Stage.Engaged || !LeadWrote)
        {
            return taken with { Stage = Stage.Engaged };
        }

        return taken.OwingPerson(now) with { Stage = Stage.Awaiting };
    }
}
