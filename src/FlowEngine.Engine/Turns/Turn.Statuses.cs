using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    /// <summary>What became of an attempt of this process (decision record 002). An outcome of an older attempt changes nothing.</summary>
    private void Settle(SendSettled settled)
    {
        if (messages.Find(settled.Message) is not { IsUnsettled: true } message || message.Attempt != settled.Attempt)
        {
            return;
        }

        var (outcome, result) = (settled.Result.Outcome, settled.Result);
        if (outcome == SendOutcome.Accepted)
        {
            Accepted(message, result.ProviderId!, MessageState.Accepted);
        }
        else if (outcome == SendOutcome.Unknown)
        {
            messages.Change(message with { State = MessageState.Unknown, Error = result.Error, WakeAt = now + UnknownWait(message) });
        }
        else if (result.RetryAfter is { } pause)
        {
            messages.Change(message with { State = MessageState.Queued, Error = result.Error, WakeAt = now + pause });
        }
        else
        {
            Failed(message, result.Error!);
        }
    }

    /// <summary>A delivery report: moves the message forward only (invariant I9), and settles a send whose answer was lost.</summary>
    private void StatusReported(StatusUpdate status, Guid? resolved)
    {
        var message = (resolved ?? status.TrackingId) is { } id ? messages.Find(id) : messages.FindByProvider(status.ProviderId);
        if (message is null)
        {
            return;
        }

        var state = DeliveryStatus.Merge(message.State, status.Status);
        if (state == MessageState.Failed && message.State != MessageState.Failed)
        {
            Failed(message with { ProviderId = message.ProviderId ?? status.ProviderId }, status.Error ?? SendErrors.NeverConfirmed);
        }
        else if (state != message.State && !IsSettledByProvider(message.State))
        {
            Accepted(message, status.ProviderId, state);
        }
        else if (state != message.State)
        {
            messages.Change(message with { State = state });
        }
    }

    /// <summary>Somebody answered outside the desk; an echo of our own message only settles it (race R111).</summary>
    private void PhoneAnswered(PhoneEcho echo, Guid? resolved)
    {
        if ((resolved ?? echo.TrackingId) is { } own && messages.Find(own) is { } message)
        {
            if (!IsSettledByProvider(message.State))
            {
                Accepted(message, echo.ProviderId, MessageState.Accepted);
            }

            return;
        }

        var answered = Outgoing(echo.Content, AuthorKind.PersonOutside, conversation.Connection, null);
        messages.Add(answered with { At = echo.At, ProviderId = echo.ProviderId, State = MessageState.Accepted, SettledAt = now });
        if (connection is { EchoTakesOver: true } && echo.Content.Kind is not ("edit" or "revoke" or "reaction"))
        {
            Take(conversation.PhoneEcho(now));
        }
    }

    private void Accepted(Message message, string providerId, MessageState state)
    {
        var settled = message with { State = state, ProviderId = providerId, SettledAt = now, WakeAt = null, Error = null };
        messages.Change(settled);
        conversation = conversation.MessageAccepted(settled, now, LastLeadOrder);
        Take(conversation.RepairedBy(settled, now));
    }

    /// <summary>Refused for good: shown at the message, and the conversation goes to Error with its owner kept.</summary>
    private void Failed(Message message, SendError error)
    {
        messages.Change(message with { State = MessageState.Failed, Error = error, SettledAt = now, WakeAt = null });
        var kind = error.Category == "window_closed" ? ProblemKind.Window : error.Code == SendErrors.NeverConfirmed.Code ? ProblemKind.UnknownSend : ProblemKind.Send;
        OpenProblem(kind, error.Category, error.Code, error.Message, error.Details, message.Id, message.InstanceId, message.ActivityId, app: AppOf(message));
    }

    /// <summary>Messages whose wait is over: a release whose worker is gone becomes unknown; an unknown one is repeated once, or asked about.</summary>
    private void SettleOverdue()
    {
        foreach (var message in messages.Outgoing.Where(m => m.IsUnsettled && m.WakeAt <= now).ToList())
        {
            if (message.State != MessageState.Unknown)
            {
                messages.Change(message with { State = MessageState.Unknown, WakeAt = now + UnknownWait(message) });
            }
            else if (MayRepeat(message))
            {
                messages.Change(message with { State = MessageState.Queued, WakeAt = null });
            }
            else
            {
                Failed(message, SendErrors.NeverConfirmed);
            }
        }
    }

    /// <summary>Whether the provider has told us what became of it.</summary>
    private static bool IsSettledByProvider(MessageState state) => state is >= MessageState.Accepted and <= MessageState.Failed;

    private TimeSpan UnknownWait(Message message) =>
        MayRepeat(message) ? tools.Options.RepeatWait : tools.Options.UnknownWait;

    /// <summary>An unknown send is made again where the author allows it once, or where the channel takes the same message twice as one.</summary>
    private bool MayRepeat(Message message) =>
        message is { WhenUnknown: WhenUnknown.RepeatOnce, Attempt: < 2 } || connection is { Capabilities.RepeatsSafely: true };
}
