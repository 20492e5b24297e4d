using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    /// <summary>A flow's bubble joins the conversation's queue under the run's grant; one said after the grant was lost is kept as stopped.</summary>
    private void Say(SendEffect send, Conversation before, Guid instance, string name)
    {
        var message = Outgoing(send.Content, send.Author, instance.ToString(), name) with
        {
            Epoch = send.LastWords ? conversation.Epoch : before.Epoch,
            LastWords = send.LastWords,
            InstanceId = instance,
            ActivityId = send.ActivityId,
            WhenUnknown = send.WhenUnknown,
        };
        messages.Add(send.Stopped ? message with { State = MessageState.Stopped, Error = SendErrors.Stale } : message);
        if (!send.Stopped)
        {
            Take(conversation.AutomationSpoke(Actor.Flow(instance, name), now));
            conversation = conversation with { Preview = Previews.Of(send.Content) };
        }
    }

    private Message Outgoing(MessageContent content, AuthorKind author, string? authorId, string? authorName)
    {
        var order = conversation.NextOrder;
        conversation = conversation with { NextOrder = order + 1 };
        return new Message
        {
            Id = tools.Ids.Next(),
            ConversationId = conversation.Id,
            Episode = conversation.Episode,
            Order = order,
            Direction = MessageDirection.Out,
            Author = author,
            AuthorId = authorId,
            AuthorName = authorName,
            Content = content,
            At = now,
            State = MessageState.Queued,
            Epoch = conversation.Epoch,
        };
    }

    /// <summary>
    /// The gate (ownership.md section 5): the oldest queued message is released by this very commit if it holds the grant now and none is
    /// unsettled. What may not leave any more is stopped and stays visible with its cause (invariant I22).
    /// </summary>
    /// <param name="hold">Nothing is released here any more: it is due at once for another node or the next start.</param>
    private void ReleaseNext(bool hold)
    {
        var blocked = messages.Outgoing.FirstOrDefault(m => m.IsUnsettled);
        foreach (var id in messages.Outgoing.Where(m => m.State == MessageState.Queued).Select(m => m.Id).ToList())
        {
            // Looked up anew each time: a problem that the one before has met moves the epoch of those behind it.
            if (messages.Find(id) is { State: MessageState.Queued } message)
            {
                blocked = Judge(message, blocked, hold) ?? blocked;
            }
        }
    }

    /// <summary>Answers the message that those behind it must wait for, if any.</summary>
    private Message? Judge(Message message, Message? blocked, bool hold)
    {
        var unusable = WhyUnusable();
        var verdict = SendGate.Check(
            conversation, message, blocked is not null && !PersonMayPass(message, blocked), unusable is null, now, tools.Options.WindowMargin, contact.OptedOut, Window);
        switch (verdict)
        {
            case GateVerdict.Stop stop:
                StopMessage(message, stop.Error);
                return null;
            case GateVerdict.Hold { Reason: "connection" } when connection is null:
                Failed(message, SendErrors.NoConnection);
                return null;
            case GateVerdict.Hold { Reason: "connection" }:
                WaitForConnection(message, unusable!);
                return message;
            case GateVerdict.Release when Released is null && (!(message.WakeAt > now) || OnlyWaitsToPass(message)):
                return hold ? Leave(message) : SlowedOrReleased(message);
            default:
                // Held: the later ones wait behind it, in order. Those that have lost their grant are still stopped.
                HoldUntilPersonMayPass(message, blocked ?? message);
                return blocked ?? message;
        }
    }

    /// <summary>Messages that are still to be released after this turn.</summary>
    public bool HasQueued => messages.Outgoing.Any(m => m.State == MessageState.Queued);

    private Message Leave(Message message)
    {
        var due = message with { WakeAt = now };
        messages.Change(due);
        return due;
    }

    private Message SlowedOrReleased(Message message)
    {
        if ((SlowedUntil ?? tools.Connections.SlowUntil(conversation.Connection)) is { } until && until > now)
        {
            messages.Change(message with { WakeAt = until });
            return message;
        }

        return Release(message);
    }

    private Message Release(Message message)
    {
        Released = message with
        {
            State = MessageState.Released,
            Attempt = message.Attempt + 1,
            Deadline = now + tools.Options.SendDeadline,
            WakeAt = now + (3 * tools.Options.SendDeadline),
            Epoch = message.IsAutomatic ? message.Epoch : conversation.Epoch,
        };
        messages.Change(Released);
        return Released;
    }

    private void StopMessage(Message message, SendError error)
    {
        messages.Change(message with { State = MessageState.Stopped, Error = error, SettledAt = now, WakeAt = null });
        if (error.Category == "window_closed" && message.IsAutomatic)
        {
            OpenProblem(ProblemKind.Window, error, message);
        }
    }

    /// <summary>A person's words wait behind an unsettled message of the bot only so long (ownership.md 5.6).</summary>
    private bool PersonMayPass(Message message, Message blocked) =>
        !message.IsAutomatic && blocked.IsAutomatic && blocked.State == MessageState.Unknown && now >= message.At + tools.Options.PersonHold;

    private void HoldUntilPersonMayPass(Message message, Message blocked)
    {
        var until = message.At + tools.Options.PersonHold;
        if (!message.IsAutomatic && blocked is { IsAutomatic: true, IsUnsettled: true } && message.WakeAt is null && until > now)
        {
            messages.Change(message with { WakeAt = until });
        }
    }

    /// <summary>It has a time only in order to pass what was before it; when that is settled sooner it need not wait for it.</summary>
    private bool OnlyWaitsToPass(Message message) => !message.IsAutomatic && message.Attempt == 0 && message.WakeAt == message.At + tools.Options.PersonHold;
}
