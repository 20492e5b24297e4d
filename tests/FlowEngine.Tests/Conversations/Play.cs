using FlowEngine.Conversations;
using static FlowEngine.Tests.Conversations.Desk;

namespace FlowEngine.Tests.Conversations;

/// <summary>
/// One conversation played by random moves: runs with the grant that they were once given, people, the phone, time, a provider, and an
/// outbox behind the gate. Every accepted or refused decision goes through the <see cref="Referee"/>.
/// </summary>
internal sealed class Play(int number)
{
    private static readonly Actor[] People = [Ana, Carla, Beto, Sol, Left];
    private static readonly Actor[] Apps = [N8n, Elsa];
    private static readonly string[] Departments = ["sales", "support", "night", "closed", "nowhere"];

    private readonly List<(Guid Run, long Epoch)> grants = [];
    private readonly List<(Actor App, long Epoch)> appGrants = [];
    private readonly List<Message> outbox = [];
    private readonly Referee referee = new();
    private int ids = 1000 * (number + 1);
    private long lastLead;

    public Conversation Now { get; private set; } = Imported() with { Id = Id(number), Department = number % 2 == 0 ? "sales" : null };

    public DateTimeOffset Clock { get; private set; } = Noon;

    /// <summary>Tabs as somebody counts them who only reads the story.</summary>
    public Tab ToldTab { get; private set; } = Tab.NotStarted;

    public IReadOnlyList<Message> Outbox => outbox;

    public void Step(Move move)
    {
        Clock = Clock.AddMinutes(move.Minutes);
        var who = People[move.Who % People.Length];
        switch (move.Kind)
        {
            case MoveKind.LeadWrites: LeadWrites(move.Minutes, takenByFlow: move.Who < 3); break;
            case MoveKind.StartFlow: Start(); break;
            case MoveKind.FlowSays: Says(move); break;
            case MoveKind.HandOff: GiveUp(move, (c, run) => c.HandOff(run, TargetOf(move), (HandOffMode)(move.Minutes % 2), null, null, Crew, Clock)); break;
            case MoveKind.EndFlow: GiveUp(move, (c, run) => c.EndFlow(run, (Disposition)(move.Who % 4), Clock, NewId(), Crew)); break;
            case MoveKind.FinalizeByFlow: GiveUp(move, (c, run) => c.FinalizeByFlow(run, null, Clock)); break;
            case MoveKind.Fault: Fault(move); break;
            case MoveKind.Repair: Apply(move, Now.ResolveProblems(p => p.Blocking, who, "retried", Clock)); break;
            case MoveKind.Retry: Apply(move, Now.Repair(AnyIncident(move), who, "retried", Clock, Crew)); break;
            case MoveKind.Skip: Apply(move, Now.Repair(AnyIncident(move), who, "skipped", Clock, Crew)); break;
            case MoveKind.PauseConnection: PauseConnection(move); break;
            case MoveKind.Dismiss: Apply(move, Now.Dismiss(Now.Problems.FirstOrDefault()?.IncidentId ?? Id(0), who, "known", Clock, Crew)); break;
            case MoveKind.Claim: Apply(move, Now.Claim(who, move.Minutes % 3 == 0 ? Now.Epoch - 1 : null, Crew, Clock)); break;
            case MoveKind.Reply: Reply(move, who); break;
            case MoveKind.Transfer: Apply(move, Now.Transfer(who, TargetOf(move), Crew, Clock)); break;
            case MoveKind.ReleaseToQueue: Apply(move, Now.ReleaseToQueue(who, Departments[move.Minutes % 5], Crew, Clock)); break;
            case MoveKind.ReleaseToFlow: ReleaseToFlow(move, who); break;
            case MoveKind.Finalize: Apply(move, Now.Finalize(move.Minutes % 4 == 0 ? Rule : who, null, Clock, null, lastLead)); break;
            case MoveKind.NoAnswerNeeded: Apply(move, Now.NoAnswerNeeded(who, Clock, move.Minutes % 3 == 0 ? lastLead - 1 : null, lastLead)); break;
            case MoveKind.Reopen: Apply(move, Now.Reopen(who, Crew, Clock)); break;
            case MoveKind.PhoneEcho: Apply(move, Now.PhoneEcho(Clock)); break;
            case MoveKind.AgentGone: Apply(move, Now.AgentGone(IdOf(who), Crew, Clock)); break;
            case MoveKind.Facts: Facts(move, who); break;
            case MoveKind.Deliver: Deliver(move); break;
            default: StepOfApp(move, Apps[move.Who % 2]); break;
        }
    }

    private void StepOfApp(Move move, Actor app)
    {
        switch (move.Kind)
        {
            case MoveKind.ClaimAsApp: ClaimAsApp(move, app); break;
            case MoveKind.AppSays: AppSays(move, app); break;
            case MoveKind.HandOffByApp: HandOffByApp(move, app); break;
            case MoveKind.ReleaseByApp: Apply(move, Now.ReleaseByApp(app, move.Minutes % 3 == 0 ? Now.Epoch : null, Clock)); break;
            case MoveKind.TakeFromApp: Apply(move, Now.TakeFromApp(Actor.System, "silence", null, Departments[move.Minutes % 5], Crew, Clock)); break;
            case MoveKind.FaultOfApp: Apply(move, Now.FaultOfApp(new Problem(NewId(), ProblemKind.Send, "recipient", "refused", Clock, true), app.Id!, Clock)); break;
            default: throw new InvalidOperationException($"No such move: {move.Kind}");
        }
    }

    private void LeadWrites(int late, bool takenByFlow)
    {
        var order = Now.NextOrder;
        Apply(MoveKind.LeadWrites, Now.ReceiveLeadMessage(Clock.AddMinutes(-late), Clock, true, "hi", ReentryPolicy.Default));
        Now = Now with { NextOrder = order + 1 };
        lastLead = order;
        if (takenByFlow)
        {
            Start();
        }

        Apply(MoveKind.OweAnswer, Now.OweAnswer(Clock));
    }

    private void ClaimAsApp(Move move, Actor app)
    {
        if (Apply(move, Now.ClaimAsApp(app, null, new AppClaims(FromFlow: move.Minutes % 2 == 0, FromQueue: move.Minutes % 3 == 0), Clock)))
        {
            appGrants.Add((app, Now.Epoch));
        }
    }

    /// <summary>An automation speaks under a grant that it once had, through the verb, or past it as a defect or a slow queue would.</summary>
    private void AppSays(Move move, Actor app)
    {
        if (appGrants.Count == 0)
        {
            return;
        }

        var (who, epoch) = appGrants[^(1 + (move.Who % Math.Min(appGrants.Count, 3)))];
        if (Apply(move, Now.SayAsApp(who, epoch, Clock)) || move.Minutes % 2 == 0)
        {
            Queue(Now.Says(AuthorKind.OtherApp) with { AuthorId = who.Id, InstanceId = null, Epoch = epoch });
        }
    }

    private void HandOffByApp(Move move, Actor app)
    {
        var grant = Now.Epoch;
        if (!Apply(move, Now.HandOffByApp(app, grant, TargetOf(move), (HandOffMode)(move.Minutes % 2), null, null, Crew, Clock)))
        {
            return;
        }

        foreach (var words in LastWords.RestampOfApp([.. outbox], app.Id!, grant, Now.Epoch))
        {
            outbox[outbox.FindIndex(m => m.Id == words.Id)] = words;
        }
    }

    private void Start()
    {
        var run = NewId();
        if (Apply(MoveKind.StartFlow, Now.StartFlow(run, "Qualify", Clock, "trigger")))
        {
            grants.Add((run, Now.Epoch));
        }
    }

    /// <summary>A run speaks under the grant that it has, which may long be stale: the node that ran it may have been slow.</summary>
    private void Says(Move move)
    {
        if (grants.Count > 0)
        {
            var (run, epoch) = grants[^(1 + (move.Who % Math.Min(grants.Count, 3)))];
            var author = move.Minutes % 5 == 0 ? AuthorKind.System : AuthorKind.Flow;
            Queue(Now.Says(author) with { InstanceId = run, Epoch = epoch });
            Apply(MoveKind.FlowSays, Now.Owner.IsFlow(run) ? Now.AutomationSpoke(Actor.Flow(run, "Qualify"), Clock) : Decision.Unchanged(Now));
        }
    }

    private void GiveUp(Move move, Func<Conversation, Guid, Decision> verb)
    {
        var run = Now.FlowInstance ?? NewId();
        var before = Now;
        if (!Apply(move, verb(Now, run)) || !before.Owner.IsFlow(run))
        {
            return;
        }

        foreach (var words in LastWords.Restamp([.. outbox], run, before.Epoch, Now.Epoch))
        {
            outbox[outbox.FindIndex(m => m.Id == words.Id)] = words;
        }
    }

    private void Fault(Move move)
    {
        Guid? run = move.Who < 3 ? Now.FlowInstance ?? NewId() : null;
        var kind = run is null ? (ProblemKind)(1 + (move.Minutes % 3)) : ProblemKind.Flow;
        var message = outbox.Count > 0 ? outbox[^1].Id : (Guid?)null;
        Park(move, new Problem(NewId(), kind, "automation", "it broke", Clock, move.Minutes % 2 == 0, MessageId: message), run);
    }

    /// <summary>The first message that waits cannot leave: its conversation has one problem for it, and what waits behind it is held.</summary>
    private void PauseConnection(Move move)
    {
        if (outbox.Find(m => m.State == MessageState.Queued) is { } first && Now.Problems.All(p => p.Kind != ProblemKind.Connection) && Now.Lifecycle == Lifecycle.Active)
        {
            Park(move, new Problem(NewId(), ProblemKind.Connection, "auth", "token", Clock, Blocking: true, MessageId: first.Id), first.InstanceId);
        }
    }

    private void Park(Move move, Problem problem, Guid? run)
    {
        var before = Now;
        Apply(move.Kind == MoveKind.PauseConnection ? MoveKind.Fault : move.Kind, Now.Fault(problem, run, Clock));
        foreach (var held in LastWords.Hold([.. outbox], Now.Owner, before.Epoch, Now.Epoch).ToList())
        {
            outbox[outbox.FindIndex(m => m.Id == held.Id)] = held;
        }
    }

    private Guid AnyIncident(Move move) => Now.Problems.IsEmpty ? Id(0) : Now.Problems[move.Minutes % Now.Problems.Length].IncidentId;

    private void Reply(Move move, Actor who)
    {
        var intervention = Now.IsIntervention(who);
        if (Apply(move, Now.Reply(who, Crew, Clock)))
        {
            Queue(Now.Says(AuthorKind.Agent) with { AuthorId = who.Id, Intervention = intervention });
        }
    }

    private void ReleaseToFlow(Move move, Actor who)
    {
        var run = move.Minutes % 2 == 0 ? Now.FlowInstance : null;
        if (!Apply(move, Now.ReleaseToFlow(who, run, "Qualify", Clock)))
        {
            return;
        }

        // A resumed run speaks under its old grant here, unless it learns the new one: what a slow node would do.
        if (run is null)
        {
            Start();
        }
        else if (move.Who % 2 == 0)
        {
            grants.Add((run.Value, Now.Epoch));
        }

        Apply(MoveKind.OweAnswer, Now.OweAnswer(Clock));
    }

    private void Facts(Move move, Actor who)
    {
        Apply(move, Now.SetField("need", $"{move.Minutes}", who, Clock));
        Apply(move, Now.ChangeLabels([$"l{move.Minutes}"], [$"l{move.Who}"], who, Clock));
        Apply(move, Now.MarkRead(who, Clock));
    }

    /// <summary>The outbox goes on by one: settles what is under way, else asks the gate for the first queued message.</summary>
    private void Deliver(Move move)
    {
        var at = outbox.FindIndex(m => m.State == MessageState.Released);
        if (at >= 0)
        {
            outbox[at] = outbox[at] with { State = MessageState.Accepted };
            var before = Now;
            Now = Now.MessageAccepted(outbox[at], lastLead);
            Referee.SawSettle(before, Now, outbox[at], lastLead);
            Apply(move, Now.RepairedBy(outbox[at], Clock));
            return;
        }

        at = outbox.FindIndex(m => m.State == MessageState.Queued);
        if (at >= 0)
        {
            var verdict = SendGate.Check(Now, outbox[at], earlierUnsettled: outbox.Exists(m => m.IsUnsettled), connectionUsable: move.Who != 4, Clock, Margin);
            referee.SawVerdict(Now, outbox[at], verdict, Clock);
            outbox[at] = outbox[at] with
            {
                State = verdict switch { GateVerdict.Release => MessageState.Released, GateVerdict.Stop => MessageState.Stopped, _ => MessageState.Queued },
            };
        }
    }

    private bool Apply(Move move, Decision decision) => Apply(move.Kind, decision);

    private bool Apply(MoveKind kind, Decision decision)
    {
        referee.SawDecision(kind, Now, decision);
        Now = decision.Next;
        ToldTab = decision.History.LastOrDefault(h => h.Kind == "tabChanged")?.TabTo ?? ToldTab;
        return decision.Accepted;
    }

    private void Queue(Message message)
    {
        outbox.Add(message with { Id = NewId(), Order = Now.NextOrder, At = Clock });
        Now = Now with { NextOrder = Now.NextOrder + 1 };
    }

    private static Target TargetOf(Move move) => move.Who % 2 == 0 ? new(null, IdOf(People[move.Minutes % 5])) : new(Departments[move.Minutes % 5], null);

    private Guid NewId() => Id(++ids);
}
