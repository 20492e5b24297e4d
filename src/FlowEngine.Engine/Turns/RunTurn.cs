using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Workflows.Activities.Children;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// One turn of a run without a conversation: what its events and due timers do to it, and what is written together. As in a conversation's
/// <see cref="Turn"/> nothing slow happens here; clock, ids and randomness come in.
/// </summary>
public sealed partial class RunTurn
{
    private readonly RunLoad load;

    public Guid Run => load.Mailbox;

    private readonly TurnTools tools;
    private readonly DateTimeOffset now;
    private readonly string? refusedClaim;
    private readonly List<EventDone> done = [];
    private readonly List<(Guid Event, RunOutcome Outcome)> outcomes = [];
    private readonly List<IncidentRecord> incidents = [];
    private readonly TurnRun run;
    private readonly RunWishes wishes;
    private readonly InlineChildren children;
    private readonly List<TaskEnd> answered = [];
    private string? claim;

    private RunTurn(RunLoad load, TurnTools tools, DateTimeOffset now, string? refusedClaim)
    {
        (this.load, this.tools, this.now, this.refusedClaim) = (load, tools, now, refusedClaim);
        run = new TurnRun(load.Instance, tools, now);
        wishes = new RunWishes(tools, now);
        children = new InlineChildren(tools, wishes, run);
    }

    public bool HasChanges => done.Count > 0 || run.Touched.Count > 0;

    /// <summary>Whether events were left for another turn.</summary>
    public bool LeftEvents { get; private init; }

    /// <summary>Of events that a caller may wait for.</summary>
    public IReadOnlyList<(Guid Event, RunOutcome Outcome)> Outcomes => outcomes;

    /// <param name="refusedClaim">A claim that another run holds: what needs it does not begin.</param>
    public static RunTurn Decide(RunLoad load, TurnTools tools, DateTimeOffset now, string? refusedClaim = null, bool leftEvents = false)
    {
        var turn = new RunTurn(load, tools, now, refusedClaim) { LeftEvents = leftEvents || load.Events.Count >= tools.Options.EventsPerTurn };
        foreach (var pending in load.Events)
        {
            turn.Apply(pending);
        }

        turn.FireTimers();
        return turn;
    }

    /// <summary>A turn that only counts a failed attempt on its first event, or sets the event aside with an incident (race R75).</summary>
    public static RunTurn GiveUp(RunLoad load, TurnTools tools, DateTimeOffset now, Exception defect)
    {
        var turn = new RunTurn(load, tools, now, null) { LeftEvents = true };
        if (load.Events.Count > 0)
        {
            var (failed, isLast) = (load.Events[0], load.Events[0].Attempts + 1 >= tools.Options.PoisonAttempts);
            turn.done.Add(new EventDone(failed.Id, null, Dead: isLast, Retry: !isLast));
            if (isLast)
            {
                turn.incidents.Add(new IncidentRecord(
                    tools.Ids.Next(), null, load.Mailbox, null, null, null, "Poison", "automation", "FE_POISON", "An event of this run could not be processed.",
                    $"{TurnText.KindOf(failed.Event)}: {defect.GetType().Name}: {defect.Message}", Blocking: true, now));
            }
        }

        return turn;
    }

    private void Apply(PendingEvent pending)
    {
        var problem = pending.Event switch
        {
            RunStarted started => Start(started),
            StimulusEvent stimulus => Signalled(pending.Id, stimulus),
            TaskCompleted completed => TaskEnded(completed),
            RunAltered altered => Alter(altered.Alteration),
            _ => throw new InvalidOperationException($"No turn of a run knows the event {pending.Event.GetType().Name}."),
        };
        if (pending.Event is not (RunStarted { Parent: null } or RunAltered or StimulusEvent { AnswersHttp: true }))
        {
            done.Add(new EventDone(pending.Id, null));
            return;
        }

        var outcome = OutcomeOf(problem);
        outcomes.Add((pending.Id, outcome));
        done.Add(new EventDone(pending.Id, TurnText.Write(outcome)));
    }

    private RunOutcome OutcomeOf(string? problem) => run.Open(load.Mailbox) is { } open
        ? new RunOutcome(open.Id, open.Instance.Status, open.Instance.SubStatus, problem, wishes.Response)
        : new RunOutcome(load.Mailbox, WorkflowStatus.Finished, WorkflowSubStatus.Cancelled, problem);

    private string? Start(RunStarted started)
    {
        if (load.Instance is not null)
        {
            return "The run has begun already.";
        }

        var graph = started.VersionId is { } version ? tools.Flows.FindVersion(version) : tools.Flows.FindPublished(started.DefinitionId);
        claim = graph is null ? null : ClaimOf(graph, started.CorrelationId);
        if (graph is null || (claim is not null && claim == refusedClaim))
        {
            claim = null;
            return NotStarted(started, graph is null ? $"The workflow '{started.DefinitionId}' is not published." : "Another run of this workflow is under way.");
        }

        var request = new StartRequest(
            load.Mailbox, started.CorrelationId, JsonText.Read(started.InputJson) as Dictionary<string, object?>, started.Trigger, JsonText.Read(started.TriggerInputJson),
            ParentInstanceId: started.Parent, Depth: started.Depth);
        var open = run.Start(graph, request, run.Environment(null, children, started.AnswersHttp));
        open.Instance.Name ??= started.Name;
        Conclude(open);
        return null;
    }

    /// <summary>A parent that waits must not wait for ever.</summary>
    private string NotStarted(RunStarted started, string why)
    {
        if (started.Parent is not null)
        {
            wishes.TellParent(load.Mailbox, ChildWorkflows.Completion(new WorkflowInstance
            {
                Id = load.Mailbox, DefinitionId = started.DefinitionId, DefinitionVersionId = "", CorrelationId = started.CorrelationId, Status = WorkflowStatus.Finished, SubStatus = WorkflowSubStatus.Cancelled,
            }));
        }

        return why;
    }

    /// <summary>What only one run may hold, by the definition's activation strategy.</summary>
    private static string? ClaimOf(WorkflowGraph graph, string? correlationId) => graph.Activation switch
    {
        ActivationStrategy.Singleton => $"definition:{graph.DefinitionId}",
        ActivationStrategy.Correlation when correlationId is not null => $"correlation:{correlationId}",
        ActivationStrategy.CorrelatedSingleton => $"definition:{graph.DefinitionId}:{correlationId}",
        _ => null,
    };

    private string? Signalled(Guid entry, StimulusEvent stimulus)
    {
        if (Open(out var problem) is not { } open)
        {
            return problem;
        }

        var waiting = open.Instance.Bookmarks.Where(b => b.Hash == stimulus.Hash).ToList();
        var payload = JsonText.Read(stimulus.PayloadJson);
        waiting.ForEach(bookmark => Resume(open, bookmark, payload, stimulus.AnswersHttp));
        if (waiting.Count > 0)
        {
            return null;
        }

        wishes.Keep(entry, stimulus, open.Id);
        return "The run does not wait for this any more.";
    }

    private string? TaskEnded(TaskCompleted completed)
    {
        answered.Add(new TaskEnd(completed.Instance, completed.Bookmark, Stale: false));
        if (Open(out var problem) is { } open && open.Instance.Bookmarks.Find(b => b.Id == completed.Bookmark) is { } waiting)
        {
            Resume(open, waiting, ExternalTask.Input(waiting.Name, completed.Result));
        }

        return problem;
    }

    /// <summary>Timers are rows that this very commit removes (decision record 003), so a timer fires once.</summary>
    private void FireTimers()
    {
        foreach (var timer in load.DueTimers)
        {
            if (run.Open(timer.InstanceId) is { IsOver: false } open && open.Instance.Bookmarks.Find(b => b.Id == timer.BookmarkId) is { } bookmark)
            {
                Resume(open, bookmark, null);
            }
        }
    }

    private void Resume(RunWrite open, Bookmark bookmark, object? input, bool answersHttp = false)
    {
        var environment = run.Environment(null, children, answersHttp);
        Advance(open, Interpreter.Resume(open.Graph, open.Instance, bookmark.Id, input, environment), environment.Seed);
    }

    private void Advance(RunWrite open, RunResult result, ulong seed)
    {
        open.Add(result, seed);
        Conclude(open);
    }

    /// <summary>The run that is under way, or why there is none.</summary>
    private RunWrite? Open(out string? problem)
    {
        var open = run.Open(load.Mailbox);
        problem = open switch
        {
            null when load.Instance is null => "The run has not begun.",
            null => "The definition version that this run stands on cannot be loaded.",
            { IsOver: true } => "The run has ended.",
            _ => null,
        };
        return problem is null ? open : null;
    }
}
