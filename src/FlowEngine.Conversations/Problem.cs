namespace FlowEngine.Conversations;

/// <summary>What went wrong: a flow's fault, a refused send, an unknown send, a closed window, a flow that left its lead alone.</summary>
public enum ProblemKind { Flow = 0, Send = 1, UnknownSend = 2, Window = 3, FlowEndedWithoutOwner = 4, Connection = 5, Poison = 6 }

/// <summary>
/// An open incident as the conversation knows it. <paramref name="Category"/> is one of the categories of the error catalogue
/// (provider_api, auth, automation, window_closed, rate_limit, recipient, template, policy_account, transient).
/// A blocking problem puts the conversation in Error; it keeps owner, stage and clocks.
/// </summary>
public sealed record Problem(
    Guid IncidentId,
    ProblemKind Kind,
    string Category,
    string Cause,
    DateTimeOffset Since,
    bool Blocking,
    string? Evidence = null,
    Guid? MessageId = null,
    string? ActivityId = null);
