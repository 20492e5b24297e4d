using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>The ways out of Error (ownership.md section 4, last row). Retry and claim are commands of one mailbox: one of them comes first (race R74).</summary>
public sealed partial class Turn
{
    private Refusal? Retry(RetryProblem retry, Actor actor)
    {
        if (conversation.RefuseRepair(retry.IncidentId, actor, load.Staff) is { } refusal)
        {
            return refusal;
        }

        var problem = conversation.Problems.First(p => p.IncidentId == retry.IncidentId);
        return problem.Kind switch
        {
            ProblemKind.Flow => RetryActivity(problem, actor),
            ProblemKind.Poison => RetryEvent(problem, actor),
            ProblemKind.Connection when WhyUnusable() is { } why => No(RefusalKind.Conflict, "connectionPaused", $"The connection is still paused: {why.Message}"),
            ProblemKind.Connection => Repaired(problem, actor, "retried"),
            _ when !problem.CanRetry => No(RefusalKind.Invalid, "notRetryable", "There is nothing to do again; take the conversation or put the problem aside."),
            _ => RetrySend(problem, actor, retry.MayDuplicate),
        };
    }

    /// <summary>The activity runs again in the same run, at work on the same message of the lead; afterwards the run hears what came since.</summary>
    private Refusal? RetryActivity(Problem problem, Actor actor)
    {
        if (run.Open(conversation.FlowInstance) is not { } open)
        {
            return No(RefusalKind.Conflict, "notCured", "The version of the flow that this run stands on still cannot be loaded.");
        }

        if (Repaired(problem, actor, "retried") is { } refused || problem.Execution is not { } execution)
        {
            return null;
        }

        Again(open, problem, environment => Interpreter.RetryWhereItStood(open.Graph, open.Instance, execution, environment));
        return null;
    }

    private void Again(RunWrite open, Problem problem, Func<RunEnvironment, RunResult> how)
    {
        (hearing, unheard) = (problem.Heard, problem.Parked);
        var heard = load.Unheard.FirstOrDefault(m => m.Order == problem.Heard);
        Burst(open.Id, open.DisplayName, heard is null ? null : EventOf(heard), environment =>
        {
            open.Add(how(environment), environment.Seed);
            return open;
        });
        (hearing, unheard) = (null, null);
    }

    /// <summary>The event that made the engine fail was set aside; a lead's message of it is in the thread and is heard once more.</summary>
    private Refusal? RetryEvent(Problem problem, Actor actor)
    {
        if (Repaired(problem, actor, "retried") is { } refused)
        {
            return refused;
        }

        if (conversation.Owner.Kind == OwnerKind.Nobody && problem.Parked is { } from)
        {
            HearFrom(from);
        }

        return null;
    }

    /// <summary>
    /// A new attempt of the same message, with its old place in the order; the problem ends when the provider has accepted it (race R88).
    /// </summary>
    private Refusal? RetrySend(Problem problem, Actor actor, bool mayDuplicate)
    {
        if (problem.MessageId is not { } id || messages.Find(id) is not { } message)
        {
            return No(RefusalKind.Invalid, "notRetryable", "There is no message to send again.");
        }

        if (message.State == MessageState.Queued || message.IsUnsettled)
        {
            return No(RefusalKind.Conflict, "alreadyRetrying", "The message is on its way already.");
        }

        if (problem.Kind == ProblemKind.UnknownSend && !mayDuplicate)
        {
            return No(RefusalKind.Invalid, "mayDuplicate", "Nobody knows whether the message arrived: say mayDuplicate to send it again all the same.");
        }

        if (message.Content.Template is null && WindowClosed() is { } closed)
        {
            return closed;
        }

        if (message.IsAutomatic && !message.IsOf(conversation.Owner))
        {
            return No(RefusalKind.Conflict, "ownedByOther", "The conversation belongs to people now; the bot's words are not sent any more.");
        }

        TakeUp(message with { Intervention = message.Intervention || !(message.IsAutomatic || conversation.Owner.Id == message.AuthorId) }, "sendRetried", actor, mayDuplicate);
        return null;
    }

    /// <summary>Goes on without it.</summary>
    private Refusal? Skip(SkipProblem skip, Actor actor)
    {
        if (conversation.RefuseRepair(skip.IncidentId, actor, load.Staff) is { } refusal)
        {
            return refusal;
        }

        var problem = conversation.Problems.First(p => p.IncidentId == skip.IncidentId);
        if (!problem.CanSkip)
        {
            return No(RefusalKind.Invalid, "notSkippable", "There is nothing to go on with; take the conversation or put the problem aside.");
        }

        return problem.Kind == ProblemKind.Flow ? SkipActivity(problem, actor, skip.Outcome) : SkipMessage(problem, actor);
    }

    private Refusal? SkipActivity(Problem problem, Actor actor, string? outcome)
    {
        if (run.Open(conversation.FlowInstance) is not { } open || problem.Execution is not { } execution)
        {
            return No(RefusalKind.Conflict, "notCured", "The version of the flow that this run stands on still cannot be loaded.");
        }

        var ways = Interpreter.OutcomesOf(open.Instance, execution);
        if (ways.Count == 0 || (outcome is not null && !ways.Contains(outcome)))
        {
            return No(RefusalKind.Invalid, "unknownOutcome", $"The step can be left by: {string.Join(", ", ways)}.");
        }

        if (Repaired(problem, actor, "skipped") is { } refused)
        {
            return refused;
        }

        Again(open, problem, environment => Interpreter.Skip(open.Graph, open.Instance, execution, outcome ?? ways[0], environment));
        return null;
    }

    private Refusal? SkipMessage(Problem problem, Actor actor)
    {
        var message = problem.MessageId is { } id ? messages.Find(id) : null;
        if (message is { IsUnsettled: true })
        {
            return No(RefusalKind.Conflict, "alreadyRetrying", "The message is on its way already.");
        }

        LeaveOut(message);
        return Repaired(problem, actor, "skipped");
    }

    /// <summary>A problem put aside; a run that it had parked has lost its conversation, and its waits go with this commit.</summary>
    private Refusal? Dismissed(DismissProblem dismiss, Actor actor)
    {
        if (dismiss.NotBlocking && conversation.Problems.All(p => p.IncidentId != dismiss.IncidentId))
        {
            return Noted(dismiss, actor);
        }

        var problem = conversation.Problems.FirstOrDefault(p => p.IncidentId == dismiss.IncidentId);
        var refusal = Answer(conversation.Dismiss(dismiss.IncidentId, actor, dismiss.Reason, now, load.Staff));
        if (refusal is not null)
        {
            return refusal;
        }

        LeaveOut(problem?.MessageId is { } id ? messages.Find(id) : null);
        if (conversation.Owner.Kind == OwnerKind.Nobody)
        {
            EndRun("Its problem was put aside.");
        }

        return null;
    }

    /// <summary>A failure that blocks nothing is closed; the conversation never knew it.</summary>
    private Refusal? Noted(DismissProblem dismiss, Actor actor)
    {
        if (conversation.RefuseRepair(actor, load.Staff) is { } refused)
        {
            return refused;
        }

        incidentsClosed.Add(new IncidentClosed(dismiss.IncidentId, now, actor.Name, dismiss.Reason));
        return null;
    }

    private Refusal? Repaired(Problem problem, Actor actor, string how) => Answer(conversation.Repair(problem.IncidentId, actor, how, now, load.Staff));

    /// <summary>A message that still waited for the repair will not be sent any more.</summary>
    private void LeaveOut(Message? message)
    {
        if (message is { State: MessageState.Queued })
        {
            StopMessage(message, SendErrors.LeftOut);
        }
    }

    /// <summary>A message that was refused, stopped or lost joins the queue again under the present grant; its attempts begin a new round.</summary>
    private void TakeUp(Message message, string kind, Actor by, bool mayDuplicate = false)
    {
        if (message.Attempt > 0)
        {
            Take(conversation.AttemptEnded(message, kind, by, mayDuplicate, now));
        }

        messages.Change(message with
        {
            State = MessageState.Queued,
            Epoch = conversation.Epoch,
            AttemptsBefore = message.Attempt,
            ProviderId = null,
            Error = null,
            WakeAt = null,
            SettledAt = null,
        });
    }

    /// <summary>Whatever repaired the last problem that had parked the run: now it hears what the lead wrote meanwhile.</summary>
    private void GoOnAfter(Conversation before)
    {
        if (before.HasBlockingProblem && RunIsLive && before.FlowInstance == conversation.FlowInstance && before.Owner == conversation.Owner)
        {
            HearFrom(before.Problems.Min(p => p.Parked) ?? long.MaxValue);
        }
    }

    private void HearFrom(long order)
    {
        var written = load.Unheard.Concat(messages.Added.Where(m => m.Direction == MessageDirection.In)).Where(m => m.Order >= order && m.Order > heard).ToList();
        foreach (var message in written)
        {
            if (!RunIsLive && conversation.Owner.Kind != OwnerKind.Nobody)
            {
                return;
            }

            Hear(EventOf(message), message.Order, firstEver: false);
        }
    }

    private static LeadMessage EventOf(Message message) => new(message.ProviderId ?? "", message.At, message.Content, message.AuthorName);

    private Refusal No(RefusalKind kind, string code, string message) => new(kind, code, message, conversation.Owner, conversation.Epoch);
}
