namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// The owning run gives the conversation to people; the human clock starts in either mode. Its unreleased words go with the new epoch
    /// (<see cref="LastWords"/>, decision 12), and the run stays as the parked one that a release resumes.
    /// </summary>
    /// <param name="target">An agent or a department; without either, the conversation's own department.</param>
    /// <param name="mode">Open needs a named agent.</param>
    /// <returns>Conflict alreadyHandedOff or ownedByOther for a run that does not own it; Invalid unknownTarget.</returns>
    public Decision HandOff(Guid instance, Target target, HandOffMode mode, string? reason, string? summary, Staff staff, DateTimeOffset now) =>
        RefuseUnlessFlow(instance) ?? HandedOff(Actor.Flow(instance, Owner.Name ?? ""), target, mode, reason, summary, staff, now);

    private Decision HandedOff(Actor by, Target target, HandOffMode mode, string? reason, string? summary, Staff staff, DateTimeOffset now)
    {
        if (mode == HandOffMode.Open && target.Agent is null)
        {
            return Refuse(RefusalKind.Invalid, "unknownTarget", "A handoff in mode Open needs a named agent.");
        }

        if (Resolve(target, staff) is not { } to)
        {
            return RefuseUnknownTarget(target);
        }

        var next = GivenTo(to).OwingPerson(now) with { Stage = mode == HandOffMode.Open ? Stage.Engaged : Stage.Awaiting };
        var data = Facts(("department", to.Department), ("mode", mode.ToString()), ("summary", summary));
        return Change(next, new Act(by, now, "handedOff") { Cause = reason, Data = data });
    }

    /// <summary>A run may act only while it owns the conversation; what it lost it is told, and nothing happens.</summary>
    private Decision? RefuseUnlessFlow(Guid instance) => this switch
    {
        { Lifecycle: Lifecycle.Finished } => RefuseFinished(),
        _ when Owner.IsFlow(instance) => null,
        _ when FlowInstance == instance => Refuse(RefusalKind.Conflict, "alreadyHandedOff", "The run has already given the conversation away."),
        _ => RefuseOwnedByOther(),
    };
}
