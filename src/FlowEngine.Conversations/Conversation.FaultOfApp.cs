namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>
    /// A message of an outside automation failed. While it owns the conversation: into Error, its grant is revoked, owner and stage stay, and a
    /// person is needed from now, as with a flow (I18). Otherwise recorded for the story only (race R71). The same incident twice changes nothing.
    /// </summary>
    /// <param name="app">Key name of the automation whose message failed.</param>
    public Decision FaultOfApp(Problem problem, string app, DateTimeOffset now)
    {
        if (Problems.Any(p => p.IncidentId == problem.IncidentId))
        {
            return Decision.Unchanged(this);
        }

        var name = Owner.IsApp(app) ? Owner.Name : null;
        var act = new Act(new Actor(ActorKind.OtherApp, app, name ?? app), now, "fault") { Cause = problem.Cause, Data = FactsOf(problem) };
        return FaultOfAutomation(problem, act, Owner.IsApp(app), now);
    }
}
