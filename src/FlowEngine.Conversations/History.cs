namespace FlowEngine.Conversations;

/// <summary>
/// One line of the conversation's audit trail (invariant I19): who did what, from which owner and tab to which, under which epoch.
/// </summary>
/// <param name="Kind">created, leadWrote, flowStarted, handedOff, claimed, replied, transferred, released, finalized, noAnswerNeeded, reopened, fault, problemResolved, tabChanged, labelAdded …</param>
/// <param name="Data">Small facts for people: department, reason, summary, stopped messages.</param>
public sealed record HistoryEntry(
    string Kind,
    DateTimeOffset At,
    Actor Actor,
    Owner From,
    Owner To,
    Tab TabFrom,
    Tab TabTo,
    long Epoch,
    string? Cause,
    IReadOnlyDictionary<string, string>? Data = null);
