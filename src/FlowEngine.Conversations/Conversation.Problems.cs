using System.Collections.Immutable;

namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// Problems that are repaired: each is removed and recorded, and the tab follows. Owner and stage stay, and so do the clocks; only where the
    /// last problem had parked the owning run, the human clock that this problem started ends with it: the flow owes the answer again.
    /// </summary>
    /// <param name="how">retried, delivered, templateSent, connectionRestored, skipped …</param>
    public Decision ResolveProblems(Func<Problem, bool> which, Actor by, string how, DateTimeOffset now)
    {
        var next = Without(Problems.RemoveAll(p => which(p)));
        return next.Problems.Length == Problems.Length ? Decision.Unchanged(this) : Change(next, new Act(by, now) { Cause = how, Quiet = true });
    }

    /// <summary>
    /// What an accepted message repairs by itself: its own problems, the closed window that it passed, and the failed sends that came before it
    /// ("to Error only if nothing later succeeded", ownership.md section 4).
    /// </summary>
    public Decision RepairedBy(Message message, DateTimeOffset now) => ResolveProblems(
        p => p.MessageId == message.Id
            || p.Kind == ProblemKind.Window
            || (p.Kind == ProblemKind.Send && p.Since <= message.At && !message.IsAutomatic),
        Actor.System, "accepted", now);

    /// <summary>
    /// A person puts a problem aside. When it had stopped the owning run or outside automation and nothing else blocks, that is given up: nobody
    /// owns the conversation, and it is in Waiting if the lead wrote (else nobody waits for anything and the clock ends).
    /// </summary>
    /// <param name="staff">Tells who belongs to the department; without it only the owner, the responsible and supervisors may.</param>
    /// <returns>As <see cref="RefuseRepair(Guid, Actor, Staff?)"/>.</returns>
    public Decision Dismiss(Guid incident, Actor actor, string reason, DateTimeOffset now, Staff? staff = null)
    {
        if (RefuseRepair(incident, actor, staff) is { } refusal)
        {
            return Decision.Refused(this, refusal);
        }

        var problem = Problems.First(p => p.IncidentId == incident);
        var next = this with { Problems = Problems.Remove(problem) };
        if (Parks(problem) && !next.Problems.Any(Parks))
        {
            next = next.Ownerless(now);
        }

        return Change(next, new Act(actor, now) { Cause = reason });
    }

    /// <summary>A person repaired it by retry or skip: it is removed, and a run that nothing else parks goes on.</summary>
    /// <param name="how">retried or skipped.</param>
    /// <returns>As <see cref="RefuseRepair(Guid, Actor, Staff?)"/>.</returns>
    public Decision Repair(Guid incident, Actor actor, string how, DateTimeOffset now, Staff? staff = null) =>
        RefuseRepair(incident, actor, staff) is { } refusal ? Decision.Refused(this, refusal) : ResolveProblems(p => p.IncidentId == incident, actor, how, now);

    /// <summary>Who may repair: the department's members, the owner, the responsible, supervisors (ownership.md section 3).</summary>
    /// <returns>Null when it may be repaired; Forbidden notAllowed; Conflict unknownIncident: a claim or another repair came first (race R74).</returns>
    public Refusal? RefuseRepair(Guid incident, Actor actor, Staff? staff)
    {
        if (RefuseRepair(actor, staff) is { } refused)
        {
            return refused;
        }

        return Problems.Any(p => p.IncidentId == incident)
            ? null
            : Refuse(RefusalKind.Conflict, "unknownIncident", "The conversation has no such open problem: somebody has repaired or taken it.").Refusal;
    }

    /// <summary>The same right for a failure that blocks nothing.</summary>
    public Refusal? RefuseRepair(Actor actor, Staff? staff) => MayRepair(actor, staff) ? null : RefuseNotAllowed().Refusal;

    /// <summary>One attempt to send is over and another follows; the message's row keeps the newest only (decision record 004).</summary>
    /// <param name="kind">sendRepeated by the engine itself; sendRetried by a person, who with <paramref name="mayDuplicate"/> knew that it may arrive twice.</param>
    public Decision AttemptEnded(Message message, string kind, Actor by, bool mayDuplicate, DateTimeOffset now) => Change(this, new Act(by, now, kind)
    {
        Cause = message.Error?.Code,
        Quiet = true,
        Data = Facts(
            ("message", message.Id.ToString()), ("attempt", $"{message.Attempt}"), ("providerId", message.ProviderId), ("error", message.Error?.Message),
            ("mayDuplicate", mayDuplicate ? "true" : null)),
    });

    private Conversation Without(ImmutableArray<Problem> left)
    {
        var next = this with { Problems = left };
        return Stage == Stage.None && Problems.Any(Parks) && !left.Any(Parks) ? next with { HumanWaitSince = null } : next;
    }

    /// <summary>Whether the problem stopped the run or automation that owns the conversation (invariant I11: it lives only by its problem).</summary>
    private bool Parks(Problem problem) => Owner.Kind is OwnerKind.Flow or OwnerKind.OtherApp && problem.Blocking
        && problem.Kind is not ProblemKind.FlowEndedWithoutOwner;

    private bool MayRepair(Actor actor, Staff? staff)
    {
        if (actor.Role >= Role.Supervisor)
        {
            return true;
        }

        return actor.Role == Role.Agent && actor.AgentId is { } id
            && (Owner.IsAgent(id) || ResponsibleId == id || (staff is not null && DepartmentAllows(id, staff)));
    }
}
