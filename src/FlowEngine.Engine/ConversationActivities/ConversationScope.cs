using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// The host of one burst (<c>RunEnvironment.Host</c>): what conversation activities may read, and the only place where they may want
/// something. Made by the turn, used by one thread, thrown away with the burst. Changes of fields, labels, department and owner are
/// applied to <see cref="Conversation"/> at once, so later nodes of the same burst see them; the turn takes that state over.
/// </summary>
public sealed partial class ConversationScope(Conversation conversation)
{
    private readonly List<Effect> effects = [];
    private readonly List<HistoryEntry> history = [];

    private Actor Run => Actor.Flow(InstanceId, InstanceName);

    /// <summary>The conversation as this burst has made it so far.</summary>
    public Conversation Conversation { get; private set; } = conversation;

    public required Contact Contact { get; init; }

    public required Connection Connection { get; init; }

    public required Staff Staff { get; init; }

    public CompanyHours Hours { get; init; } = CompanyHours.AlwaysOpen;

    /// <summary>The turn's reading of the clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The run that this burst belongs to.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>The run's name as people see it: that of its definition.</summary>
    public required string InstanceName { get; init; }

    /// <summary>The lead's message that started or resumed this burst; null when something else did (a timer, a form, a hand-back).</summary>
    public LeadMessage? Message { get; init; }

    /// <summary>Today where the company is.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, OpeningHours.ZoneOf(Hours.TimeZone)).DateTime);

    /// <summary>Whether free text is allowed now by the connection's rule (on WhatsApp, 24 hours); unknown counts as closed.</summary>
    public bool WindowIsOpen => Conversation.WindowOpenAt(Now, TimeSpan.Zero, Connection.Capabilities.Window);

    /// <summary>Everything wanted so far, in flow order.</summary>
    public IReadOnlyList<Effect> Effects => effects;

    /// <summary>What the domain's verbs wrote to the conversation's story in this burst.</summary>
    public IReadOnlyList<HistoryEntry> History => history;

    /// <summary>True once this burst handed off or finalized: what it says from then on is stopped.</summary>
    public bool GrantLost { get; private set; }

    public void Send(MessageContent content, WhenUnknown whenUnknown, string activityId, AuthorKind author = AuthorKind.Flow) =>
        effects.Add(new SendEffect(content, whenUnknown, activityId, Stopped: GrantLost, Author: author));

    /// <summary>Wants work done outside of the turn, whose result resumes <paramref name="bookmark"/>.</summary>
    public void Ask(string kind, Bookmark bookmark, byte[] payload, DateTimeOffset deadline) =>
        effects.Add(new TaskEffect(kind, bookmark.Id, payload, deadline, bookmark.ActivityId));

    /// <summary>Sets a field of the lead; null or empty removes it.</summary>
    public void SetField(string name, string? value, string activityId)
    {
        Take(Conversation.SetField(name, value, Run, Now));
        effects.Add(new SetFieldEffect(name, string.IsNullOrEmpty(value) ? null : value, activityId));
    }

    public void AddLabel(string label, string activityId)
    {
        Take(Conversation.ChangeLabels([label], [], Run, Now));
        effects.Add(new LabelEffect(label, Added: true, activityId));
    }

    public void RemoveLabel(string label, string activityId)
    {
        Take(Conversation.ChangeLabels([], [label], Run, Now));
        effects.Add(new LabelEffect(label, Added: false, activityId));
    }

    /// <summary>Chooses the department that the conversation is meant for. Refused when there is no such active department.</summary>
    public Refusal? Route(string department, string activityId)
    {
        if (!Staff.Departments.TryGetValue(department, out var entry) || !entry.Active)
        {
            return new Refusal(RefusalKind.Invalid, "unknownTarget", $"There is no active department '{department}'.", Conversation.Owner, Conversation.Epoch);
        }

        Conversation = Conversation with { Department = department };
        effects.Add(new RouteEffect(department, activityId));
        return null;
    }

    public void OptOut(string activityId) => effects.Add(new OptOutEffect(activityId));

    /// <summary>Gives the conversation to people by the domain's verb; a refusal changes nothing and says nothing.</summary>
    /// <param name="farewell">What the lead reads first, once the domain has agreed.</param>
    public Refusal? HandOff(HandOffEffect effect, SendEffect? farewell = null) =>
        GiveUp(Conversation.HandOff(InstanceId, effect.Target, effect.Mode, effect.Reason, effect.Summary, Staff, Now), effect, farewell);

    /// <summary>Closes the episode by the domain's verb; a refusal changes nothing and says nothing.</summary>
    /// <param name="farewell">What the lead reads first, once the domain has agreed.</param>
    public Refusal? Finalize(FinalizeEffect effect, SendEffect? farewell = null) =>
        GiveUp(Conversation.FinalizeByFlow(InstanceId, effect.Reason, Now), effect, farewell);

    private Refusal? GiveUp(Decision decision, Effect effect, SendEffect? farewell)
    {
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        Take(decision);
        if (farewell is not null)
        {
            effects.Add(farewell with { Stopped = GrantLost });
        }

        MarkLastWords();
        effects.Add(effect);
        GrantLost = true;
        return null;
    }

    private void Take(Decision decision)
    {
        Conversation = decision.Next;
        history.AddRange(decision.History);
    }

    private void MarkLastWords()
    {
        for (var i = 0; i < effects.Count; i++)
        {
            if (effects[i] is SendEffect { Stopped: false } send)
            {
                effects[i] = send with { LastWords = true };
            }
        }
    }
}
