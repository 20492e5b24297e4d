namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>Problems that are repaired: each is removed and recorded, and the tab follows. Owner, stage and clocks stay.</summary>
    /// <param name="how">retried, delivered, templateSent, connectionRestored, skipped …</param>
    public Decision ResolveProblems(Func<Problem, bool> which, Actor by, string how, DateTimeOffset now)
    {
        var next = this with { Problems = Problems.RemoveAll(p => which(p)) };
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
    /// <returns>Invalid unknownIncident; Forbidden notAllowed.</returns>
    public Decision Dismiss(Guid incident, Actor actor, string reason, DateTimeOffset now, Staff? staff = null)
    {
        if (!MayRepair(actor, staff))
        {
            return RefuseNotAllowed();
        }

        if (Problems.FirstOrDefault(p => p.IncidentId == incident) is not { } problem)
        {
            return Refuse(RefusalKind.Invalid, "unknownIncident", "The conversation has no such open problem.");
        }

        var next = this with { Problems = Problems.Remove(problem) };
        if (Parks(problem) && !next.Problems.Any(Parks))
        {
            next = next.Ownerless(now);
        }

        return Change(next, new Act(actor, now) { Cause = reason });
    }

    /// <summary>Whether the problem stopped the run or automation that owns the conversation (invariant I11: it lives only by its problem).</summary>
    private bool Parks(Problem problem) => Owner.Kind is OwnerKind.Flow or OwnerKind.OtherApp && problem.Blocking
        && problem.Kind is ProblemKind.Flow or ProblemKind.Poison or ProblemKind.Send or ProblemKind.UnknownSend;

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
