using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.ConversationActivities.Words;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    /// <summary>
    /// The lead wrote: it is kept first, whatever comes after. Then words that stop automations, words that ask for a person, the run
    /// that waits for an answer, the outside automation that the connection names, or the flow that this message starts; if nobody takes it,
    /// people owe an answer.
    /// </summary>
    private void LeadWrote(LeadMessage written)
    {
        var (order, firstEver) = (conversation.NextOrder, !conversation.LeadWrote && conversation.Episode == 1);
        var behindTheWindow = conversation.Problems.Where(p => p.Kind == ProblemKind.Window).ToList();
        Store(written);
        if (written.WakesFlow)
        {
            Hear(written, order, firstEver, isAnswer: !SaidNow(behindTheWindow));
        }
    }

    private void Store(LeadMessage written)
    {
        if (IsUntouched)
        {
            Take(conversation.Created(Actor.Lead, "message", now));
        }

        messages.Add(Incoming(written));
        conversation = conversation with { NextOrder = conversation.NextOrder + 1 };
        if (!written.WakesFlow && !written.OpensWindow)
        {
            return;
        }

        Take(conversation.ReceiveLeadMessage(written.At, now, written.OpensWindow, Previews.Of(written.Content), ReentryPolicy.Default, load.Staff));
        if (contact.Name is null && written.ProfileName is { Length: > 0 } name)
        {
            contact = contact with { Name = name };
        }

        foreach (var (field, value) in written.Fields ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            Take(conversation.SetField(field, value, Actor.Lead, now));
        }
    }

    /// <summary>
    /// The run's words that a closed window had held back go now that the lead has opened it. Answers whether there were such: then the lead has
    /// not seen them yet, and what was written is no answer to them.
    /// </summary>
    private bool SaidNow(List<Problem> behindTheWindow)
    {
        var said = false;
        foreach (var problem in behindTheWindow.Where(p => conversation.Problems.All(open => open.IncidentId != p.IncidentId)))
        {
            if (problem.MessageId is { } id && messages.Find(id) is { State: MessageState.Stopped or MessageState.Failed } message && message.IsOf(conversation.Owner))
            {
                TakeUp(message, "sendRepeated", Actor.Lead);
                said = true;
            }
        }

        return said;
    }

    /// <param name="isAnswer">False when the run's last words have not reached the lead yet.</param>
    private void Hear(LeadMessage written, long order, bool firstEver, bool isAnswer = true)
    {
        hearing = order;
        heard = RunIsLive || conversation.Owner.Kind == OwnerKind.Nobody ? order : heard;
        GiveToSomebody(written, firstEver, isAnswer);
        hearing = null;
        if (conversation.Owner.Kind == OwnerKind.Nobody)
        {
            Take(conversation.OweAnswer(now));
        }
    }

    private void GiveToSomebody(LeadMessage written, bool firstEver, bool isAnswer)
    {
        var text = written.Content.ChoiceId is null ? written.Content.Text : null;
        GiveToApp();
        if (OptOutWords.Match(text))
        {
            OptOut();
        }
        else if ((RunIsLive || AppOwns) && EscapeWords.Match(text, connection?.EscapeWords))
        {
            HandToPeople("The lead asked for a person.", text);
        }
        else if (RunIsLive)
        {
            if (isAnswer)
            {
                ResumeOnMessage(written);
            }
        }
        else if (conversation.Owner.Kind == OwnerKind.Nobody && !conversation.HasBlockingProblem && !contact.OptedOut)
        {
            StartBest(MessageOccasion(written.Content.Text, firstEver), written);
        }
    }

    /// <summary>The lead wants no automation any more: its run ends, and a person sees the message.</summary>
    private void OptOut()
    {
        contact = contact with { OptedOut = true };
        if (RunIsLive || AppOwns)
        {
            HandToPeople("The lead opted out of automation.", null);
        }
    }

    /// <summary>The engine's own handoff, as if the flow or the automation had done it: to the department it was routed to, or the connection's.</summary>
    private void HandToPeople(string reason, string? words)
    {
        if (AppOwns)
        {
            Take(conversation.TakeFromApp(Actor.System, reason, words, connection?.Department, load.Staff, now));
            return;
        }

        var department = conversation.Department ?? connection?.Department;
        var instance = conversation.FlowInstance!.Value;
        if (!Take(conversation.HandOff(instance, new Target(department, null), HandOffMode.Waiting, reason, words, load.Staff, now)))
        {
            // No department to hand to: nobody owns it, and it stands in Waiting by the clock.
            Take(conversation.EndFlow(instance, Disposition.Queue, now, tools.Ids.Next(), load.Staff));
        }
    }

    private void LeadArrived(LeadCreated created)
    {
        if (IsUntouched)
        {
            conversation = conversation with { Department = conversation.Department ?? created.Department };
            Take(conversation.Created(Actor.System, created.Source, now));
        }

        foreach (var (field, value) in created.Fields)
        {
            Take(conversation.SetField(field, value, Actor.System, now));
        }

        if (conversation is { Owner.Kind: OwnerKind.Nobody, Lifecycle: Lifecycle.Active } && !contact.OptedOut)
        {
            StartBest(new StartOccasion(conversation.Connection, created.Source, null, IsMessage: false, !conversation.LeadWrote), null, created.Flow);
        }
    }

    /// <summary>Its first event ever: the commit that stored the event made an empty conversation.</summary>
    private bool IsUntouched => conversation.Version == 0 && history.Count == 0;

    private Message Incoming(LeadMessage written) => new()
    {
        Id = tools.Ids.Next(),
        ConversationId = conversation.Id,
        Episode = conversation.Lifecycle == Lifecycle.Finished ? conversation.Episode + 1 : conversation.Episode,
        Order = conversation.NextOrder,
        Direction = MessageDirection.In,
        Author = AuthorKind.Lead,
        AuthorName = contact.Name ?? written.ProfileName,
        Content = written.Content,
        At = written.At,
        ProviderId = written.ProviderId,
        State = MessageState.Received,
        Epoch = conversation.Epoch,
    };
}
