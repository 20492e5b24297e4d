using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    /// <summary>Runs a command under the rights of this commit (invariant I20) and stores its outcome with it.</summary>
    private string Obey(Guid id, CommandEvent asked)
    {
        var actor = Present(asked.Actor);
        Guid? message = null;
        var refusal = actor is null ? NotAllowed() : asked.Command switch
        {
            Claim claim => Answer(conversation.Claim(actor, claim.ExpectedEpoch, load.Staff, now)),
            Reply reply => Say(reply, actor, out message),
            AddNote note => Note(note.Text, actor, out message),
            Transfer transfer => Pass(transfer, actor, out message),
            Mailbox.Release release => GiveBack(release, actor),
            FinalizeConversation finalize => Answer(conversation.Finalize(actor, finalize.Reason, now, finalize.SeenOrder, LastLeadOrder)),
            NoAnswerNeeded settled => Answer(conversation.NoAnswerNeeded(actor, now, settled.SeenOrder, LastLeadOrder)),
            Reopen => Answer(conversation.Reopen(actor, load.Staff, now)),
            DismissProblem dismiss => Dismissed(dismiss, actor),
            RetryProblem retry => Retry(retry, actor),
            SkipProblem skip => Skip(skip, actor),
            EndRun ending => End(ending, actor),
            AlterRun altering => Alter(altering, actor),
            ChangeLabels labels => Answer(conversation.ChangeLabels(labels.Add, labels.Remove, actor, now)),
            ChangeFields fields => SetFields(fields, actor),
            MarkRead => Answer(conversation.MarkRead(actor, now)),
            ClaimAsApp claim => Answer(conversation.ClaimAsApp(actor, claim.ExpectedEpoch, AppMayClaim, now)),
            SayAsApp say => Say(say, actor, out message),
            HandOffByApp handOff => GiveUp(handOff, actor, out message),
            ReleaseByApp release => LetGo(release, actor),
            EndApp end => Watched(end, actor),
            _ => throw new InvalidOperationException($"No turn knows the command {asked.Command.GetType().Name}."),
        };
        var stopped = StopWhatLostItsGrant();
        var inFlight = messages.Outgoing.Where(m => m.IsUnsettled && m.IsAutomatic).Select(m => m.Id).ToList();
        var outcome = new CommandOutcome(
            id, refusal is null ? CommandStatus.Done : CommandStatus.Refused, refusal, conversation.Owner, conversation.Epoch, conversation.Tab,
            conversation.Version + 1, message, inFlight, stopped);
        outcomes.Add(outcome);
        return TurnText.Write(outcome);
    }

    /// <summary>The actor with the rights that staff has now; null when that agent was switched off meanwhile.</summary>
    private Actor? Present(Actor actor)
    {
        if (actor.AgentId is not { } id || !load.Staff.Agents.TryGetValue(id, out var entry))
        {
            return actor;
        }

        return entry.Active ? actor with { Name = entry.Name, Role = entry.Role } : null;
    }

    /// <summary>A person's public reply: claims where no person owns it, and joins the queue behind what is still on the wire.</summary>
    private Refusal? Say(Reply reply, Actor actor, out Guid? message)
    {
        message = null;
        if ((Unsendable(reply.Content) ?? Answer(conversation.Reply(actor, load.Staff, now))) is { } refused)
        {
            return refused;
        }

        var said = Outgoing(reply.Content, AuthorKind.Agent, actor.Id, actor.Name) with
        {
            Intervention = conversation.IsIntervention(actor),
        };
        messages.Add(said);
        message = said.Id;
        conversation = conversation with { Preview = Previews.Of(reply.Content), LastActivityAt = now };
        return null;
    }

    /// <summary>To another agent or department; the note to whoever receives it comes in the same commit.</summary>
    private Refusal? Pass(Transfer transfer, Actor actor, out Guid? message)
    {
        message = null;
        var refusal = Answer(conversation.Transfer(actor, new Target(transfer.Department, transfer.Agent), load.Staff, now));
        return refusal is null && !string.IsNullOrWhiteSpace(transfer.Note) ? Note(transfer.Note, actor, out message) : refusal;
    }

    private Refusal? Note(string text, Actor actor, out Guid? message)
    {
        var noted = Outgoing(MessageContent.OfText(text), AuthorKind.Agent, actor.Id, actor.Name) with
        {
            Direction = MessageDirection.Note,
            State = MessageState.Received,
        };
        messages.Add(noted);
        message = noted.Id;
        return null;
    }

    /// <summary>To the queue of a department, or to the bot: the parked run goes on where it stood (after a handoff: at Returned), else a flow starts.</summary>
    private Refusal? GiveBack(Mailbox.Release release, Actor actor)
    {
        if (string.Equals(release.To, "queue", StringComparison.OrdinalIgnoreCase))
        {
            var department = release.Department ?? conversation.Department ?? connection?.Department;
            return department is null
                ? new Refusal(RefusalKind.Invalid, "unknownTarget", "Say which department's queue it goes to.", conversation.Owner, conversation.Epoch)
                : Answer(conversation.ReleaseToQueue(actor, department, load.Staff, now));
        }

        if (release.Flow is null && run.Open(conversation.FlowInstance) is { IsOver: false } parked)
        {
            return GoOn(parked, actor);
        }

        var choice = FlowChoice.Pick(tools.Flows.Published, connection, MessageOccasion(null), release.Flow ?? connection?.Flow);
        if (choice is null)
        {
            return new Refusal(RefusalKind.Invalid, "unknownFlow", "There is no published flow to give it to.", conversation.Owner, conversation.Epoch);
        }

        if (Answer(conversation.ReleaseToFlow(actor, null, choice.Value.Graph.Name ?? choice.Value.Graph.DefinitionId, now)) is { } refused)
        {
            return refused;
        }

        StartRun(choice.Value.Graph, choice.Value.TriggerActivityId, "release", null);
        return null;
    }

    private Refusal? GoOn(RunWrite parked, Actor actor)
    {
        if (Answer(conversation.ReleaseToFlow(actor, parked.Id, parked.DisplayName, now)) is { } refused)
        {
            return refused;
        }

        if (parked.WaitingFor(HandOff.BookmarkName) is { } handedOff)
        {
            Resume(parked, handedOff, null, null);
        }

        return null;
    }

    private Refusal? SetFields(ChangeFields fields, Actor actor)
    {
        foreach (var (name, value) in fields.Set)
        {
            Take(conversation.SetField(name, value, actor, now));
        }

        return null;
    }

    private long LastLeadOrder => Math.Max(load.LastLeadOrder, messages.Added.Where(m => m.Direction == MessageDirection.In).Select(m => m.Order).DefaultIfEmpty().Max());

    /// <summary>What a change of owner has stopped, at once, so that the command's answer can name it (race R02).</summary>
    private List<Guid> StopWhatLostItsGrant()
    {
        var stopped = new List<Guid>();
        foreach (var message in messages.Outgoing.Where(m => m is { State: MessageState.Queued, IsAutomatic: true }).ToList())
        {
            var verdict = SendGate.Check(conversation, message, earlierUnsettled: false, connection is { Active: true }, now, TimeSpan.Zero);
            if (verdict is GateVerdict.Stop { Error: { Category: not "window_closed" } error })
            {
                StopMessage(message, error);
                stopped.Add(message.Id);
            }
        }

        return stopped;
    }

    private Refusal? Answer(Decision decision)
    {
        Take(decision);
        return decision.Refusal;
    }

    private Refusal NotAllowed() => No(RefusalKind.Forbidden, "notAllowed", "This user is switched off.");
}
