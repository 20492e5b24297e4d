namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// Something failed. The same incident twice changes nothing.
    /// A run that owns the conversation: it enters Error, the grant is revoked, owner and stage stay, and a person is needed from now (I18).
    /// A run that does not: recorded for the story only, the conversation stays with whom it is (race R71).
    /// No run (a person's send, a window, a connection): a problem exactly as blocking as it says; on a finished conversation a blocking one
    /// about a message reopens it with the person who was responsible (race R52).
    /// </summary>
    /// <param name="instance">The run that failed or whose message failed; null when no run did.</param>
    public Decision Fault(Problem problem, Guid? instance, DateTimeOffset now)
    {
        if (Problems.Any(p => p.IncidentId == problem.IncidentId))
        {
            return Decision.Unchanged(this);
        }

        var data = FactsOf(problem);
        if (instance is not { } run)
        {
            return Failed(problem, new Act(Actor.System, now, "fault") { Cause = problem.Cause, Data = data });
        }

        var act = new Act(Actor.Flow(run, Owner.IsFlow(run) ? Owner.Name ?? "" : "flow"), now, "fault") { Cause = problem.Cause, Data = data };
        // What the lead writes from here on waits for the repair; a second problem waits for what the first one has missed already.
        var from = Problems.Where(Parks).Append(problem).Min(p => p.Parked) ?? NextOrder;
        return FaultOfAutomation(problem with { Parked = from }, act, Owner.IsFlow(run), now);
    }

    /// <summary>A flow's or an outside automation's fault: Error where it owns the conversation, else a line of the story.</summary>
    private Decision FaultOfAutomation(Problem problem, Act act, bool owns, DateTimeOffset now) => Lifecycle == Lifecycle.Finished || !owns
        ? Change(this, act with { Quiet = true })
        : Change(OwingPerson(now) with { Problems = Problems.Add(problem with { Blocking = true }) }, act with { Revokes = true });

    private Decision Failed(Problem problem, Act act)
    {
        if (Lifecycle == Lifecycle.Active)
        {
            return Change(this with { Problems = Problems.Add(problem) }, act);
        }

        if (!problem.Blocking || problem.MessageId is null || ResponsibleId is not { } person)
        {
            return Change(this, act with { Quiet = true });
        }

        var reopened = NewEpisode() with
        {
            Owner = Owner.Agent(person, ResponsibleName ?? ""),
            ResponsibleId = person,
            ResponsibleName = ResponsibleName,
            Stage = Stage.Engaged,
            Problems = [problem],
        };
        return Change(reopened, act with { Kinds = ["reopened", "fault"], Revokes = true });
    }
}
