namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// A run ended. When it owned the conversation its disposition says who is next, and a lead who wrote is never left alone: without a
    /// usable department nobody owns it, it is in Waiting and the clock runs; where people were asked for, no flow takes it meanwhile.
    /// What the run said just before goes with the new epoch, as at a handoff (<see cref="LastWords"/>). A parked run that ends is forgotten; any other one is refused.
    /// </summary>
    /// <param name="incidentId">For the problem that a wrong disposition makes (Nobody although the lead wrote).</param>
    /// <param name="staff">With it, the queue gets its department's name, and a department that is gone counts as none.</param>
    public Decision EndFlow(Guid instance, Disposition disposition, DateTimeOffset now, Guid incidentId, Staff? staff = null)
    {
        var parked = !Owner.IsFlow(instance) && FlowInstance == instance;
        if (!parked && RefuseUnlessFlow(instance) is { } refused)
        {
            return refused;
        }

        var act = new Act(Actor.Flow(instance, Owner.IsFlow(instance) ? Owner.Name ?? "" : "flow"), now, "flowEnded") { Cause = disposition.ToString() };
        var ended = this with { FlowInstance = null };
        return (parked, disposition) switch
        {
            (true, _) => Change(ended, act),
            (_, Disposition.Finalize) => Finished(act.By, null, now, "flowEnded"),
            (_, Disposition.Queue) => Change(ended.Queued(now, staff).AwaitingPeople(), act),
            (_, Disposition.Default) when LeadWrote => Change(ended.Queued(now, staff), act),
            (_, Disposition.Nobody) when LeadWrote => Change(ended.Abandoned(now, incidentId), act),
            _ => Change(ended.Ownerless(now), act),
        };
    }

    private Conversation Queued(DateTimeOffset now, Staff? staff)
    {
        var queue = staff is null
            ? Department is null ? default((Owner Owner, string? Department)?) : (Owner.Queue(Department, Department), Department)
            : Resolve(new Target(Department, null), staff);
        if (queue is { } to)
        {
            return GivenTo(to).OwingPerson(now) with { Stage = Stage.Awaiting };
        }

        return Ownerless(now);
    }

    /// <summary>People were asked for. Also where no queue could get it the next message of a lead who wrote starts no flow again.</summary>
    private Conversation AwaitingPeople() => LeadWrote ? this with { Stage = Stage == Stage.None ? Stage.Awaiting : Stage } : this;

    /// <summary>
    /// Nobody's. Rule 6 of the tab shows a lead who wrote in Waiting, clock running; one who never wrote waits for nothing, so a clock that a
    /// fault had started ends here (else it would run unseen in Not started, against invariant I10).
    /// </summary>
    private Conversation Ownerless(DateTimeOffset now)
    {
        var next = this with { Owner = Owner.Nobody };
        return LeadWrote ? next.OwingPerson(now) : next with { HumanWaitSince = null };
    }

    private Conversation Abandoned(DateTimeOffset now, Guid incidentId)
    {
        var problem = new Problem(incidentId, ProblemKind.FlowEndedWithoutOwner, "automation", "flow ended without owner", now, Blocking: true);
        return OwingPerson(now) with { Owner = Owner.Nobody, Problems = Problems.Add(problem) };
    }
}
