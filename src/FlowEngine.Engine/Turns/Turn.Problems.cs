using FlowEngine.Conversations;
using FlowEngine.Engine.Flows;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    private readonly Dictionary<Guid, IncidentRecord> incidents = [];

    /// <summary>What went wrong, before it is a problem of the conversation.</summary>
    private sealed record Trouble(ProblemKind Kind, string Category, string Code, string Cause)
    {
        public string? Evidence { get; init; }

        public Guid? MessageId { get; init; }

        /// <summary>The run that failed or whose message failed.</summary>
        public Guid? Instance { get; init; }

        /// <summary>The outside automation whose message failed, if it was one's.</summary>
        public string? App { get; init; }

        public string? ActivityId { get; init; }

        public string? Execution { get; init; }

        /// <summary>Order number of the lead's message that nobody has worked on because of it.</summary>
        public long? Unheard { get; init; }
    }

    /// <summary>
    /// Into Error, by the one door: the domain decides whether it blocks (a stale run's fault does not), the incident is kept in any case. No flow,
    /// model or hook runs on this path. What the parked run has already said waits under the new epoch for the repair.
    /// </summary>
    private void OpenProblem(Trouble trouble)
    {
        var id = tools.Ids.Next();
        incidents[id] = new IncidentRecord(
            id, conversation.Id, trouble.Instance, trouble.ActivityId, trouble.Execution, trouble.MessageId, trouble.Kind.ToString(), trouble.Category, trouble.Code,
            trouble.Cause, trouble.Evidence, Blocking: true, now);
        if (GivenToPeople(trouble, id))
        {
            return;
        }

        var grant = conversation.Epoch;
        var problem = new Problem(
            id, trouble.Kind, trouble.Category, trouble.Cause, now, Blocking: true, trouble.Evidence, trouble.MessageId, trouble.ActivityId, trouble.Execution,
            trouble.Kind == ProblemKind.Flow ? hearing : null, trouble.Unheard ?? unheard);
        Take(trouble.App is { } app ? conversation.FaultOfApp(problem, app, now) : conversation.Fault(problem, trouble.Instance, now));
        foreach (var held in LastWords.Hold(messages.Outgoing.ToList(), conversation.Owner, grant, conversation.Epoch))
        {
            messages.Change(held);
        }
    }

    /// <summary>A message that could not leave.</summary>
    private void OpenProblem(ProblemKind kind, SendError error, Message message) => OpenProblem(new Trouble(kind, error.Category, error.Code, error.Message)
    {
        Evidence = error.Details,
        MessageId = message.Id,
        Instance = message.InstanceId,
        App = message.Author == AuthorKind.OtherApp ? message.AuthorId : null,
        ActivityId = message.ActivityId,
    });

    /// <summary>A flow may want people at once instead of a repair (decision 24). Without a department to hand to it is an Error after all.</summary>
    private bool GivenToPeople(Trouble trouble, Guid incident)
    {
        var isItsOwn = trouble.Kind is ProblemKind.Flow or ProblemKind.Send or ProblemKind.UnknownSend or ProblemKind.Window;
        if (!isItsOwn || trouble.Instance is not { } failed || !conversation.Owner.IsFlow(failed) || run.Open(failed) is not { } open)
        {
            return false;
        }

        var policy = FaultPolicy.Of(open.Graph);
        if (policy.OnFault == OnFault.Error)
        {
            return false;
        }

        var grant = conversation.Epoch;
        string?[] departments = [policy.Department, conversation.Department, connection?.Department];
        var given = departments.OfType<string>().Any(d => Take(
            conversation.HandOff(failed, new Target(d, null), HandOffMode.Waiting, trouble.Cause, null, load.Staff, now)));
        if (!given)
        {
            return false;
        }

        RestampLastWords(failed, grant);
        if (policy.OnFault == OnFault.HandOff)
        {
            incidentsClosed.Add(new IncidentClosed(incident, now, open.DisplayName, "handedOff"));
        }

        return true;
    }

    private void RunFaulted(RunWrite open)
    {
        var incident = open.Instance.Incidents[^1];
        OpenProblem(TroubleOf(incident, open.Id));
    }

    /// <summary>A run that goes on with its incidents (race R72): each is shown as a failure that blocks nothing.</summary>
    private void RecordFailures(RunWrite open)
    {
        foreach (var incident in open.Bursts[^1].Result.NewIncidents)
        {
            var (id, trouble) = (tools.Ids.Next(), TroubleOf(incident, open.Id));
            incidents[id] = new IncidentRecord(
                id, conversation.Id, open.Id, trouble.ActivityId, trouble.Execution, null, trouble.Kind.ToString(), trouble.Category, trouble.Code, trouble.Cause,
                trouble.Evidence, Blocking: false, now);
        }
    }

    private static Trouble TroubleOf(Incident incident, Guid run) => new(ProblemKind.Flow, "automation", incident.Code ?? "FE_FLOW_FAULT", incident.Message)
    {
        Evidence = string.Join(" · ", new[] { incident.ActivityId, incident.ExceptionType, incident.Cause }.Where(part => !string.IsNullOrEmpty(part))),
        Instance = run,
        ActivityId = incident.ActivityId,
        Execution = incident.ActivityInstanceId,
    };

    /// <summary>What the domain opened in this turn without us, and what it closed, as incidents: the story tells each repair.</summary>
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
        foreach (var closed in history.Where(h => h.Kind == "problemResolved"))
        {
            if (closed.Data?.GetValueOrDefault("incident") is { } text && Guid.TryParse(text, out var id))
            {
                incidentsClosed.Add(new IncidentClosed(id, now, closed.Actor.Name, closed.Cause ?? "resolved"));
            }
        }
    }
}
