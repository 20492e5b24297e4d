using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Hooks;

/// <summary>What a turn did, as far as the outside may hear of it. A struct, so that a turn without webhooks pays nothing for it.</summary>
/// <param name="TabBefore">The tab that was committed before; null when this turn created the conversation.</param>
/// <param name="Conversation">As it is committed, with its new version.</param>
/// <param name="ChangedMessages">A message counts as sent or failed in the turn that settles it: its <c>SettledAt</c> is <paramref name="Now"/>.</param>
public readonly record struct HookSource(
    Tab? TabBefore,
    Conversation Conversation,
    Contact Contact,
    IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<Message> NewMessages,
    IReadOnlyList<Message> ChangedMessages,
    IReadOnlyList<IncidentRecord> IncidentsOpened,
    IReadOnlyList<IncidentClosed> IncidentsClosed,
    DateTimeOffset Now)
{
    /// <summary>What flows have asked of somebody outside.</summary>
    public IReadOnlyList<HookTask> Tasks { get; init; } = [];
}
