using FlowEngine.Conversations;

namespace FlowEngine.Engine.Deadlines;

/// <summary>What deadlines are computed from: a conversation in which people owe an answer, as its columns say it.</summary>
/// <param name="Since">The clock that agents see.</param>
/// <param name="Answered">Whether a person has answered in this episode; until then the target of the first answer holds.</param>
public sealed record Waiting(
    Guid Id, DateTimeOffset Since, string? Department, OwnerKind OwnerKind, string? OwnerId, DateTimeOffset? OwnedSince, bool Answered, DateTimeOffset? MissedClock,
    DateTimeOffset? WindowUntil, WindowNotice WindowNotice)
{
    /// <summary>Null when nobody owes an answer.</summary>
    public static Waiting? Of(Conversation c) => c is { Lifecycle: Lifecycle.Active, HumanWaitSince: { } since }
        ? new Waiting(c.Id, since, c.Department, c.Owner.Kind, c.Owner.Id, c.OwnedSince, c.PersonAnswered, c.MissedClock, c.WindowUntil, c.WindowNotice)
        : null;
}
