namespace FlowEngine.Conversations;

/// <summary>What went wrong: a flow's fault, a refused send, an unknown send, a closed window, a flow that left its lead alone.</summary>
public enum ProblemKind { Flow = 0, Send = 1, UnknownSend = 2, Window = 3, FlowEndedWithoutOwner = 4, Connection = 5, Poison = 6 }

/// <summary>
/// An open incident as the conversation knows it. <paramref name="Category"/> is one of the categories of the error catalogue
/// (provider_api, auth, automation, window_closed, rate_limit, recipient, template, policy_account, transient).
/// A blocking problem puts the conversation in Error; it keeps owner, stage and clocks.
/// </summary>
/// <param name="Execution">The activity's execution, which a retry runs again.</param>
/// <param name="Heard">Order number of the lead's message that the run was at work on when it failed; a retry works on it again.</param>
/// <param name="Parked">Order number from which on the parked run has heard nothing: what the lead wrote since is given to it by the repair.</param>
public sealed record Problem(
    Guid IncidentId,
    ProblemKind Kind,
    string Category,
    string Cause,
    DateTimeOffset Since,
    bool Blocking,
    string? Evidence = null,
    Guid? MessageId = null,
    string? ActivityId = null,
    string? Execution = null,
    long? Heard = null,
    long? Parked = null)
{
    /// <summary>Whether doing it again can help; a flow that has ended leaves nothing to do again.</summary>
    public bool CanRetry => Kind != ProblemKind.FlowEndedWithoutOwner;

    /// <summary>Whether the flow can go on without it.</summary>
    public bool CanSkip => Kind != ProblemKind.FlowEndedWithoutOwner;
}
