using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// One turn: decides what a conversation's events mean, and collects what is written together. It does no I/O; clock, ids and
/// randomness come in. Each kind of event has its file; the way out is <see cref="ToCheckpoint"/>.
/// </summary>
public sealed partial class Turn
{
    private readonly TurnLoad load;
    private readonly TurnTools tools;
    private readonly DateTimeOffset now;
    private readonly Connection? connection;
    private readonly List<HistoryEntry> history = [];
    private readonly List<EventDone> done = [];
    private readonly List<CommandOutcome> outcomes = [];
    private readonly List<(Guid Event, RunOutcome Outcome)> answers = [];
    private readonly TurnMessages messages;
    private readonly TurnRun run;
    private readonly RunWishes wishes;
    private readonly InlineChildren children;
    private readonly List<IncidentRecord> incidentsOpened = [];
    private readonly List<IncidentClosed> incidentsClosed = [];
    private Conversation conversation;
    private Contact contact;

    /// <summary>Order number of the lead's message that the present burst is at work on.</summary>
    private long? hearing;

    /// <summary>From where on a run that is being repaired has heard nothing: if it fails again, that is still so.</summary>
    private long? unheard;

    /// <summary>Order number of the newest lead's message that a run was given in this turn.</summary>
    private long heard;

    private Turn(TurnLoad load, TurnTools tools, DateTimeOffset now)
    {
        this.load = load;
        this.tools = tools;
        this.now = now;
        conversation = load.Conversation;
        contact = load.Contact;
        connection = tools.Connections.Find(conversation.Connection);
        messages = new TurnMessages(load);
        run = new TurnRun(load.Instance, tools, now);
        wishes = new RunWishes(tools, now);
        children = new InlineChildren(tools, wishes, run);
    }

    public Conversation Before => load.Conversation;

    public Conversation Conversation => conversation;

    public Contact Contact => contact;

    /// <summary>The message that this turn's commit releases; at most one, since at most one is unsettled (invariant I6).</summary>
    public Message? Released { get; private set; }

    public IReadOnlyList<CommandOutcome> Outcomes => outcomes;

    /// <summary>What its run has answered to callers of HTTP endpoints, by their event.</summary>
    public IReadOnlyList<(Guid Event, RunOutcome Outcome)> Answers => answers;

    /// <summary>The connection's rule for free text; of one that is gone, the stricter.</summary>
    private WindowKind Window => connection?.Capabilities.Window ?? WindowKind.Sliding;

    /// <summary>Whether events were left for another turn.</summary>
    public bool LeftEvents { get; private init; }

    public static Turn Decide(TurnLoad load, IReadOnlyList<SendSettled> settled, TurnTools tools, DateTimeOffset now, bool leftEvents = false, bool hold = false)
    {
        var turn = new Turn(load, tools, now) { LeftEvents = leftEvents || load.Events.Count >= tools.Options.EventsPerTurn };
        turn.RecordLateAnswer();
        foreach (var outcome in settled)
        {
            var before = turn.conversation;
            turn.Settle(outcome);
            turn.GoOnAfter(before);
        }

        foreach (var pending in load.Events)
        {
            var before = turn.conversation;
            turn.Apply(pending);
            turn.GoOnAfter(before);
        }

        turn.SettleOverdue();
        turn.FireTimers();
        turn.TakeUpTasks();
        turn.ReleaseNext(hold);
        return turn;
    }

    /// <summary>A turn that only counts a failed attempt on its first event, or sets the event aside and shows the conversation in Error.</summary>
    public static Turn GiveUp(TurnLoad load, IReadOnlyList<SendSettled> settled, TurnTools tools, DateTimeOffset now, Exception defect)
    {
        var turn = new Turn(load, tools, now) { LeftEvents = load.Events.Count > 0 };
        foreach (var outcome in settled)
        {
            turn.Settle(outcome);
        }

        if (load.Events.Count > 0)
        {
            turn.CountFailure(load.Events[0], defect);
        }

        return turn;
    }

    private void Apply(PendingEvent pending)
    {
        string? result = null;
        switch (pending.Event)
        {
            case LeadMessage message:
                LeadWrote(message);
                break;
            case LeadCreated created:
                LeadArrived(created);
                break;
            case StatusUpdate status:
                StatusReported(status, pending.MessageId);
                break;
            case PhoneEcho echo:
                PhoneAnswered(echo, pending.MessageId);
                break;
            case CommandEvent command:
                result = Obey(pending.Id, command);
                break;
            case StimulusEvent stimulus:
                result = Signalled(pending.Id, stimulus);
                break;
            case DeadlineReached reached:
                TimeIsUp(reached);
                break;
            case TaskCompleted completed:
                TaskEnded(completed);
                break;
            case ConnectionRestored restored:
                Restored(restored);
                break;
            default:
                throw new InvalidOperationException($"No turn knows the event {pending.Event.GetType().Name}.");
        }

        done.Add(new EventDone(pending.Id, result));
    }

    /// <summary>The plain last resort (race R75): no flow, no model, no hook runs on this path.</summary>
    private void CountFailure(PendingEvent pending, Exception defect)
    {
        if (pending.Attempts + 1 < tools.Options.PoisonAttempts)
        {
            done.Add(new EventDone(pending.Id, null, Retry: true));
            return;
        }

        done.Add(new EventDone(pending.Id, null, Dead: true));
        OpenProblem(new Trouble(ProblemKind.Poison, "automation", "FE_POISON", "An event of this conversation could not be processed.")
        {
            Evidence = $"{TurnText.KindOf(pending.Event)}: {defect.GetType().Name}: {defect.Message}",
            Instance = conversation.Owner.Kind == OwnerKind.Flow ? conversation.FlowInstance : null,
            Unheard = Keep(pending.Event),
        });
    }

    /// <summary>What a lead wrote is in the thread whatever else fails (invariant I8). Answers its order number; null for other events.</summary>
    private long? Keep(MailboxEvent set)
    {
        if (set is not LeadMessage written)
        {
            return null;
        }

        var order = conversation.NextOrder;
        Store(written);
        return order;
    }

    /// <summary>Takes a verb's answer over: state and history. Answers whether it was accepted.</summary>
    private bool Take(Decision decision)
    {
        if (!decision.Accepted)
        {
            return false;
        }

        conversation = decision.Next;
        history.AddRange(decision.History);
        return true;
    }
}
