using System.Collections.Immutable;

namespace FlowEngine.Conversations;

public enum Lifecycle { Active = 0, Finished = 1 }

/// <summary>Awaiting: a person's answer is wanted. Engaged: a person attends; lost within an episode only by finalize.</summary>
public enum Stage { None = 0, Awaiting = 1, Engaged = 2 }

/// <summary>
/// One lead on one connection, for ever. Immutable: each verb (a file each) answers a <see cref="Decision"/> with the next state
/// and its history, or a refusal. It does no I/O and reads no clock.
/// </summary>
public sealed partial record Conversation
{
    public required Guid Id { get; init; }

    /// <summary>Key (slug) of the connection, the business number.</summary>
    public required string Connection { get; init; }

    public required Guid ContactId { get; init; }

    public Lifecycle Lifecycle { get; init; }

    /// <summary>Numbered period from (re)opening to finalize; the first is 1.</summary>
    public int Episode { get; init; } = 1;

    public Owner Owner { get; init; } = Owner.Nobody;

    /// <summary>Grows with every change of owner, at a fault that revokes a bot, at finalize and at reopen. Never decreases.</summary>
    public long Epoch { get; init; }

    /// <summary>Grows with every commit that changes the conversation; live screens reconcile by it.</summary>
    public long Version { get; init; }

    public Stage Stage { get; init; }

    /// <summary>The last person who owned it in this episode, kept after finalize; what the agent filter means on every tab.</summary>
    public Guid? ResponsibleId { get; init; }

    public string? ResponsibleName { get; init; }

    /// <summary>Key of the department it is meant for; assignment, not ownership.</summary>
    public string? Department { get; init; }

    /// <summary>Whether the lead has written in this episode.</summary>
    public bool LeadWrote { get; init; }

    /// <summary>Whether a flow, rule, AI or outside automation has written in this episode.</summary>
    public bool AutomationWrote { get; init; }

    /// <summary>Time of the first lead message after the last accepted outgoing message of anybody.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>The clock agents see (ownership.md section 2): cleared only by an accepted human message, finalize, or "no answer needed".</summary>
    public DateTimeOffset? HumanWaitSince { get; init; }

    /// <summary>Whether a message of a person has been accepted in this episode; until then the first answer is owed.</summary>
    public bool PersonAnswered { get; init; }

    /// <summary>Since when the present owner has it; unknown (null) before the first change of owner.</summary>
    public DateTimeOffset? OwnedSince { get; init; }

    /// <summary>
    /// The start of the clock whose answer was late last in this episode; null when none was. Equal to <see cref="HumanWaitSince"/> while that very
    /// answer is still owed.
    /// </summary>
    public DateTimeOffset? MissedClock { get; init; }

    /// <summary>What people have been told of this window's end.</summary>
    public WindowNotice WindowNotice { get; init; }

    /// <summary>Until when free text is allowed; null means unknown, which counts as closed.</summary>
    public DateTimeOffset? WindowUntil { get; init; }

    /// <summary>The live run: the owner's, or one that is parked behind a person or a problem.</summary>
    public Guid? FlowInstance { get; init; }

    public ImmutableArray<Problem> Problems { get; init; } = [];

    public ImmutableSortedSet<string> Labels { get; init; } = ImmutableSortedSet<string>.Empty;

    /// <summary>What is known of the lead: name, need, budget …; kept across episodes.</summary>
    public ImmutableSortedDictionary<string, string> Fields { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where the lead came from: message, form, import, api, ad.</summary>
    public string Source { get; init; } = "message";

    /// <summary>Lead messages that no person has seen since the last human reply or read.</summary>
    public int Unread { get; init; }

    /// <summary>Order number that the next message of the conversation gets.</summary>
    public long NextOrder { get; init; } = 1;

    /// <summary>First characters of the newest message, for lists.</summary>
    public string? Preview { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastActivityAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? FinishedBy { get; init; }

    public string? FinishReason { get; init; }

    public bool HasBlockingProblem => Problems.Any(p => p.Blocking);

    public Tab Tab => Tabs.Of(this);
}
