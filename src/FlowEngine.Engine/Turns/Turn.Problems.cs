using FlowEngine.Conversations;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    private readonly Dictionary<Guid, IncidentRecord> incidents = [];

    /// <summary>
    /// Into Error, by the one door: the domain decides whether it blocks (a stale run's fault does not), the incident is kept in any case.
    /// </summary>
    /// <param name="app">The outside automation whose message failed, if it was one's.</param>
    private void OpenProblem(
        ProblemKind kind, string category, string code, string message, string? evidence, Guid? messageId, Guid? instance,
        string? activityId = null, string? activityInstanceId = null, string? app = null)
    {
        var id = tools.Ids.Next();
        var problem = new Problem(id, kind, category, message, now, Blocking: true, evidence, messageId, activityId);
        Take(app is null ? conversation.Fault(problem, instance, now) : conversation.FaultOfApp(problem, app, now));
        incidents[id] = new IncidentRecord(
            id, conversation.Id, instance, activityId, activityInstanceId, messageId, kind.ToString(), category, code, message, evidence, Blocking: true, now);
    }

    /// <summary>What the domain opened and closed in this turn, as incidents: the difference of its problems.</summary>
    private void CollectIncidents()
    {
        var after = conversation.Problems.ToDictionary(p => p.IncidentId);
        foreach (var problem in conversation.Problems.Where(p => Before.Problems.All(b => b.IncidentId != p.IncidentId)))
        {
            incidents.TryAdd(problem.IncidentId, new IncidentRecord(
                problem.IncidentId, conversation.Id, conversation.FlowInstance, problem.ActivityId, null, problem.MessageId, problem.Kind.ToString(),
                problem.Category, "FE_" + problem.Kind.ToString().ToUpperInvariant(), problem.Cause, problem.Evidence, problem.Blocking, now));
        }

        incidentsOpened.AddRange(incidents.Values.Select(i => i with { Blocking = after.TryGetValue(i.Id, out var open) && open.Blocking }));
        var closing = history.LastOrDefault(h => h.Kind == "problemResolved") ?? history.LastOrDefault();
        foreach (var problem in Before.Problems.Where(p => !after.ContainsKey(p.IncidentId)))
        {
            incidentsClosed.Add(new IncidentClosed(problem.IncidentId, now, closing?.Actor.Name ?? "system", closing?.Cause ?? "resolved"));
        }
    }

    private static string? AppOf(Message message) => message.Author == AuthorKind.OtherApp ? message.AuthorId : null;
}
