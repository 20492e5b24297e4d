using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// What concerns the whole connection (ownership.md section 4, "connection down"): it is flagged once, with one cure; what would leave through
/// it waits, and only conversations with such a message enter Error.
/// </summary>
public sealed partial class Turn
{
    /// <summary>The trouble that this turn met first, for the connection's one incident; null when there was none or it was known.</summary>
    public ConnectionPause? Paused { get; private set; }

    /// <summary>Until when all sends of the connection wait, as the provider has asked; null when it has not.</summary>
    public DateTimeOffset? SlowedUntil { get; private set; }

    /// <summary>Why nothing can leave now; null when it can.</summary>
    private SendError? WhyUnusable() => connection is not { Active: true }
        ? SendErrors.NoConnection
        : (Paused ?? tools.Connections.PauseOf(connection.Key)) is { } pause ? new SendError(pause.Code, pause.Category, pause.Message, pause.Evidence) : null;

    /// <summary>The provider refused for a reason that would refuse the next message too: this one waits with the others.</summary>
    private void PauseConnection(Message message, SendError error)
    {
        var released = message.Deadline - tools.Options.SendDeadline;
        if (released < tools.Connections.ResumedAt(conversation.Connection))
        {
            // Refused under what has been repaired since: it goes again, and the new answer counts.
            messages.Change(message with { State = MessageState.Queued, Error = error, WakeAt = now, AttemptsBefore = message.Attempt });
            return;
        }

        if (connection is { Active: true } && tools.Connections.PauseOf(connection.Key) is null)
        {
            Paused ??= new ConnectionPause(tools.Ids.Next(), connection.Key, error.Category, error.Code, error.Message, error.Details, now);
        }

        var held = message with { State = MessageState.Queued, Error = error, WakeAt = null, SettledAt = null, ProviderId = null, AttemptsBefore = message.Attempt };
        messages.Change(held);
        WaitForConnection(held, error);
    }

    /// <summary>One problem a conversation, however many messages wait. Words that neither the owner nor a person can answer for just look again later.</summary>
    private void WaitForConnection(Message message, SendError why)
    {
        if (message.IsAutomatic && !message.IsOf(conversation.Owner))
        {
            messages.Change(message with { WakeAt = message.WakeAt > now ? message.WakeAt : now + tools.Options.HoldRecheck });
        }
        else if (conversation.Problems.All(p => p.Kind != ProblemKind.Connection))
        {
            OpenProblem(ProblemKind.Connection, why, message);
        }
    }

    /// <summary>The connection works again: what waited for it goes on, unless it was paused anew meanwhile.</summary>
    private void Restored(ConnectionRestored restored)
    {
        if (WhyUnusable() is null)
        {
            Take(conversation.ResolveProblems(p => p.Kind == ProblemKind.Connection, restored.By, restored.How, now));
        }
    }
}
