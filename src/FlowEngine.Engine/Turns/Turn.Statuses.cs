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
        else
        {
            Refused(message, result.Error!, result.RetryAfter, result.PausesConnection);
        }
    }

    /// <summary>
    /// Not taken (race R85): repeated after its class's pause while its budget lasts and it may still speak; then the connection is paused or
    /// the message has failed, by whose trouble it is.
    /// </summary>
    private void Refused(Message message, SendError error, TimeSpan? pause, bool concernsConnection)
    {
        var maySpeak = !message.IsAutomatic || message.Epoch == conversation.Epoch;
        if (maySpeak && message.Try < tools.Options.SendAttempts && pause <= tools.Options.SendPatience)
        {
            messages.Change(message with { State = MessageState.Queued, Error = error, WakeAt = now + pause, SettledAt = null });
            SlowedUntil = concernsConnection ? now + pause : SlowedUntil;
        }
        else if (maySpeak && concernsConnection)
        {
            PauseConnection(message, error);
        }
        else
        {
            Failed(message, error);
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
            FailedLater(message with { ProviderId = message.ProviderId ?? status.ProviderId }, status.Error ?? SendErrors.NeverConfirmed);
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

    /// <summary>Accepted first and failed then (race R97): by the catalogue's rule for its code, as if it had been refused at once.</summary>
    private void FailedLater(Message message, SendError error)
    {
        var known = tools.Errors.Find(error.Code);
        var pause = known?.Retry.After(message.Try, Chance());
        Refused(message with { State = MessageState.Failed }, error, pause, known?.PausesConnection == true);
        if (messages.Find(message.Id) is { State: MessageState.Queued } again)
        {
            Take(conversation.AttemptEnded(message with { Error = error }, "sendRepeated", Actor.System, mayDuplicate: false, now));
            messages.Change(again with { ProviderId = null });
        }
    }

    /// <summary>Spreads pauses; drawn from the turn's ids, so that a simulation repeats itself.</summary>
    private double Chance() => (tools.Ids.Next().GetHashCode() & 0xFFFF) / 65536.0;

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
        conversation = conversation.MessageAccepted(settled, LastLeadOrder);
        Take(conversation.RepairedBy(settled, now));
    }

    /// <summary>Refused for good: shown at the message, and the conversation goes to Error with its owner kept.</summary>
    private void Failed(Message message, SendError error)
    {
        messages.Change(message with { State = MessageState.Failed, Error = error, SettledAt = now, WakeAt = null });
        var kind = error.Category == "window_closed" ? ProblemKind.Window : error.Code == SendErrors.NeverConfirmed.Code ? ProblemKind.UnknownSend : ProblemKind.Send;
        OpenProblem(kind, error, message);
    }

    /// <summary>
    /// Messages whose wait is over: a release whose worker is gone becomes unknown; an unknown one is repeated once, or asked about. While the
    /// provider's reports do not reach us, their absence proves nothing and the wait goes on (decision 13).
    /// </summary>
    private void SettleOverdue()
    {
        var deaf = tools.Connections.IsDeaf(conversation.Connection, now, tools.Options.WebhookSilence);
        foreach (var message in messages.Outgoing.Where(m => m.IsUnsettled && m.WakeAt <= now).ToList())
        {
            if (message.State != MessageState.Unknown)
            {
                messages.Change(message with { State = MessageState.Unknown, WakeAt = now + UnknownWait(message) });
            }
            else if (deaf && now < message.Deadline + tools.Options.LongestDoubt)
            {
                messages.Change(message with { WakeAt = now + UnknownWait(message) });
            }
            else if (!deaf && MayRepeat(message))
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
        message is { WhenUnknown: WhenUnknown.RepeatOnce, Try: < 2 } || connection is { Capabilities.RepeatsSafely: true };
}
