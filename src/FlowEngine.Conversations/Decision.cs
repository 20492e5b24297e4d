namespace FlowEngine.Conversations;

/// <summary>What a verb answers: the next state with its history, or a refusal and the state as it was.</summary>
public readonly record struct Decision(Conversation Next, IReadOnlyList<HistoryEntry> History, Refusal? Refusal)
{
    public bool Accepted => Refusal is null;

    public static Decision Refused(Conversation unchanged, Refusal refusal) => new(unchanged, [], refusal);

    /// <summary>Accepted and nothing changed (a repeated claim by its owner, for instance).</summary>
    public static Decision Unchanged(Conversation unchanged) => new(unchanged, [], null);
}

public enum RefusalKind
{
    /// <summary>Somebody else owns it, or the epoch has moved on (409).</summary>
    Conflict,

    /// <summary>The actor lacks the right (403).</summary>
    Forbidden,

    /// <summary>The command makes no sense in this state, such as a reply after the window closed (422).</summary>
    Invalid,
}

/// <summary>An ordinary answer, never an exception: who owns it, since which epoch, and why not.</summary>
/// <param name="Code">Stable word for programs: ownedByOther, staleEpoch, notAllowed, windowClosed, finished, unknownTarget, newMessage, notAnswered …</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, Owner Owner, long Epoch);
