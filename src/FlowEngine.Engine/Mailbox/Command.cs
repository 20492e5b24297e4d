using System.Text.Json.Serialization;
using FlowEngine.Conversations;

namespace FlowEngine.Engine.Mailbox;

/// <summary>What people and keys may ask of a conversation (ownership.md section 3).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$verb")]
[JsonDerivedType(typeof(Claim), "claim")]
[JsonDerivedType(typeof(Reply), "reply")]
[JsonDerivedType(typeof(AddNote), "note")]
[JsonDerivedType(typeof(Transfer), "transfer")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(FinalizeConversation), "finalize")]
[JsonDerivedType(typeof(NoAnswerNeeded), "noAnswerNeeded")]
[JsonDerivedType(typeof(Reopen), "reopen")]
[JsonDerivedType(typeof(DismissProblem), "dismiss")]
[JsonDerivedType(typeof(RetryProblem), "retry")]
[JsonDerivedType(typeof(SkipProblem), "skip")]
[JsonDerivedType(typeof(EndRun), "endRun")]
[JsonDerivedType(typeof(AlterRun), "alterRun")]
[JsonDerivedType(typeof(ChangeLabels), "labels")]
[JsonDerivedType(typeof(ChangeFields), "fields")]
[JsonDerivedType(typeof(MarkRead), "read")]
[JsonDerivedType(typeof(ClaimAsApp), "claimAsApp")]
[JsonDerivedType(typeof(SayAsApp), "sayAsApp")]
[JsonDerivedType(typeof(HandOffByApp), "handOffByApp")]
[JsonDerivedType(typeof(ReleaseByApp), "releaseByApp")]
[JsonDerivedType(typeof(EndApp), "endApp")]
public abstract record Command;

/// <summary>Become owner; succeeds only against the expected epoch when one is given.</summary>
public sealed record Claim(long? ExpectedEpoch = null) : Command;

/// <summary>A public reply; claims first where no person owns it. <paramref name="ClientId"/> twice is one message.</summary>
public sealed record Reply(string ClientId, MessageContent Content) : Command;

public sealed record AddNote(string Text) : Command;

public sealed record Transfer(string? Department = null, Guid? Agent = null, string? Note = null) : Command;

/// <summary>Give it back: to a flow (the parked run resumes, or <paramref name="Flow"/> starts) or to a department's queue.</summary>
public sealed record Release(string To, string? Flow = null, string? Department = null) : Command;

/// <summary>Close the episode. With <paramref name="SeenOrder"/> it is refused when the lead has written since (race R50).</summary>
public sealed record FinalizeConversation(string? Reason = null, long? SeenOrder = null) : Command;

/// <summary>The lead's last words want no answer. With <paramref name="SeenOrder"/> it is refused when the lead has written since.</summary>
public sealed record NoAnswerNeeded(long? SeenOrder = null) : Command;

public sealed record Reopen : Command;

/// <summary>Put a problem aside with a reason; a run that it had parked is given up.</summary>
/// <param name="NotBlocking">The incident blocks nothing and is only recorded (ownership.md 2a, failures); it is closed.</param>
public sealed record DismissProblem(Guid IncidentId, string Reason, bool NotBlocking = false) : Command;

/// <summary>Do it again: the faulted activity in the same run, or the failed message as a new attempt (race R88).</summary>
/// <param name="MayDuplicate">The person knows that an unknown send may arrive twice; without it such a send is not repeated.</param>
public sealed record RetryProblem(Guid IncidentId, bool MayDuplicate = false) : Command;

/// <summary>Go on without it: the faulted activity counts as completed, the failed message is left out.</summary>
/// <param name="Outcome">How the activity is left; null takes Done, else its first outcome.</param>
public sealed record SkipProblem(Guid IncidentId, string? Outcome = null) : Command;

/// <summary>End the conversation's run; a lead who wrote goes to people.</summary>
public sealed record EndRun(Guid Instance, string Reason) : Command;

/// <summary>Changes the conversation's run from outside: variables and version also while it is parked, activities only while it may act.</summary>
public sealed record AlterRun(Guid Instance, RunAlteration Alteration) : Command;

public sealed record ChangeLabels(IReadOnlyList<string> Add, IReadOnlyList<string> Remove) : Command;

public sealed record ChangeFields(IReadOnlyDictionary<string, string?> Set) : Command;

public sealed record MarkRead : Command;

/// <summary>An outside automation becomes owner.</summary>
public sealed record ClaimAsApp(long? ExpectedEpoch = null) : Command;

/// <summary>An outside automation that owns the conversation under <paramref name="Epoch"/> writes to the lead.</summary>
public sealed record SayAsApp(string ClientId, long Epoch, MessageContent Content, WhenUnknown WhenUnknown = WhenUnknown.Ask) : Command;

/// <summary>An outside automation gives the conversation to people, with last words.</summary>
public sealed record HandOffByApp(
    long Epoch, string? Department, Guid? Agent, HandOffMode Mode, string? Reason, string? Summary, string? Words = null) : Command;

/// <summary>An outside automation lets go: to nobody, or to a flow (the parked run resumes, or <paramref name="Flow"/> starts).</summary>
public sealed record ReleaseByApp(bool ToFlow, string? Flow = null, long? Epoch = null) : Command;

/// <summary>
/// The watch over outside automations: one that owns the conversation since epoch <paramref name="Epoch"/> owes an answer for too long, or
/// (<paramref name="Idle"/>) nothing has happened for too long. Both are looked at again in the turn.
/// </summary>
public sealed record EndApp(long Epoch, bool Idle) : Command;
