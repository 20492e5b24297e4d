using System.Globalization;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

/// <summary>Outside automations (apps): what they ask, and what the engine does for leads that one of them owns.</summary>
public sealed partial class Turn
{
    /// <summary>Whether an outside automation may act; in Error it may not.</summary>
    private bool AppOwns => conversation is { Owner.Kind: OwnerKind.OtherApp, Lifecycle: Lifecycle.Active, HasBlockingProblem: false };

    private AppClaims AppMayClaim => new(connection is { AutomationTakesFlows: true }, connection is { AutomationTakesQueues: true });

    /// <summary>A lead of nobody's goes to the automation that its connection names, before the automation hears of the message.</summary>
    private void GiveToApp()
    {
        if (connection?.Automation is { } key && !contact.OptedOut && conversation.Owner.Kind == OwnerKind.Nobody)
        {
            Take(conversation.ClaimAsApp(new Actor(ActorKind.OtherApp, key, key), null, default, now, "connection"));
        }
    }

    /// <summary>An automation's words join the conversation's queue under its grant. Ownership is asked first: who lost it learns that, not of the window.</summary>
    private Refusal? Say(SayAsApp say, Actor app, out Guid? message)
    {
        message = null;
        var decision = conversation.SayAsApp(app, say.Epoch, now);
        if ((decision.Refusal ?? Unspeakable(say.Content)) is { } refused)
        {
            return refused;
        }

        Take(decision);
        message = Said(say.Content, app, say.WhenUnknown);
        return null;
    }

    /// <summary>Last words and what has not left yet go with the handoff's epoch (decision 12); only a later claim or fault stops them.</summary>
    private Refusal? GiveUp(HandOffByApp asked, Actor app, out Guid? message)
    {
        message = null;
        var grant = conversation.Epoch;
        var words = string.IsNullOrWhiteSpace(asked.Words) ? null : MessageContent.OfText(asked.Words);
        if ((HandOver(asked, app).Refusal ?? (words is null ? null : Unspeakable(words))) is { } refused)
        {
            return refused;
        }

        if (words is not null)
        {
            Take(conversation.SayAsApp(app, grant, now));
            message = Said(words, app, WhenUnknown.Ask);
        }

        Take(HandOver(asked, app));
        foreach (var last in LastWords.RestampOfApp(messages.Outgoing.ToList(), app.Id!, grant, conversation.Epoch))
        {
            messages.Change(last);
        }

        return null;
    }

    private Decision HandOver(HandOffByApp asked, Actor app)
    {
        var department = asked.Department ?? (asked.Agent is null ? conversation.Department ?? connection?.Department : null);
        return conversation.HandOffByApp(app, asked.Epoch, new Target(department, asked.Agent), asked.Mode, asked.Reason, asked.Summary, load.Staff, now);
    }

    private Refusal? LetGo(ReleaseByApp asked, Actor app)
    {
        var released = conversation.ReleaseByApp(app, asked.Epoch, now);
        return asked.ToFlow && released.Accepted ? GiveBack(new Mailbox.Release("flow", asked.Flow), app) : Answer(released);
    }

    /// <summary>The watch asked; whether the lead still waits, or still nothing happens, is decided here, in the commit that takes it away (race R53).</summary>
    private Refusal? Watched(EndApp end, Actor watch)
    {
        if (!AppOwns || conversation.Epoch != end.Epoch)
        {
            return new Refusal(RefusalKind.Conflict, "staleEpoch", "The conversation has changed hands since.", conversation.Owner, conversation.Epoch);
        }

        var (name, wait) = (conversation.Owner.Name, tools.Options.AppAnswerWait);
        if (end.Idle && conversation.LastActivityAt <= now - tools.Options.AppIdle)
        {
            return Answer(conversation.ReleaseByApp(new Actor(ActorKind.OtherApp, conversation.Owner.Id, name ?? ""), end.Epoch, now));
        }

        var answering = messages.Outgoing.Any(m => m.IsAutomatic);
        if (!end.Idle && !answering && conversation.UnansweredSince <= now - wait)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"{name} did not answer within {wait.TotalSeconds:0} seconds.");
            return Answer(conversation.TakeFromApp(watch, reason, null, connection?.Department, load.Staff, now));
        }

        return new Refusal(RefusalKind.Conflict, "answered", "The automation has answered meanwhile.", conversation.Owner, conversation.Epoch);
    }

    private Guid Said(MessageContent content, Actor app, WhenUnknown whenUnknown)
    {
        var said = Outgoing(content, AuthorKind.OtherApp, app.Id, app.Name) with { WhenUnknown = whenUnknown };
        messages.Add(said);
        conversation = conversation with { Preview = Previews.Of(content), LastActivityAt = now };
        return said.Id;
    }

    /// <summary>Why an automation may not say this now, although it owns the conversation; null when it may.</summary>
    private Refusal? Unspeakable(MessageContent content)
    {
        if (contact.OptedOut)
        {
            return new Refusal(RefusalKind.Invalid, "optedOut", "The lead wants no automatic messages: hand it to people.", conversation.Owner, conversation.Epoch);
        }

        return Unsendable(content);
    }

    /// <summary>Why nobody may send this to the lead now; null when it may be sent.</summary>
    private Refusal? Unsendable(MessageContent content) => content is { Media: { ProviderId: null } } && connection?.Capabilities.CarriesFiles != true
        ? new Refusal(RefusalKind.Invalid, "noFiles", "This channel carries no files.", conversation.Owner, conversation.Epoch)
        : content.Template is null ? WindowClosed() : null;

    /// <summary>Free text needs the window; null while it is open.</summary>
    private Refusal? WindowClosed() => conversation.WindowOpenAt(now, tools.Options.WindowMargin, Window)
        ? null
        : new Refusal(
            RefusalKind.Invalid, "windowClosed", "The 24-hour window is closed: only a template can be sent until the lead writes.", conversation.Owner, conversation.Epoch);
}
