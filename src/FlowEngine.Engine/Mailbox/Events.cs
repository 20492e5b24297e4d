using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FlowEngine.Conversations;
using FlowEngine.Engine.Deadlines;

namespace FlowEngine.Engine.Mailbox;

/// <summary>
/// One entry of a conversation's mailbox: everything that can happen to it. Stored as JSON with a type word in <c>$kind</c>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(LeadMessage), "leadMessage")]
[JsonDerivedType(typeof(LeadCreated), "leadCreated")]
[JsonDerivedType(typeof(StatusUpdate), "status")]
[JsonDerivedType(typeof(PhoneEcho), "echo")]
[JsonDerivedType(typeof(CommandEvent), "command")]
[JsonDerivedType(typeof(StimulusEvent), "stimulus")]
[JsonDerivedType(typeof(DeadlineReached), "deadline")]
[JsonDerivedType(typeof(TaskCompleted), "taskCompleted")]
[JsonDerivedType(typeof(ConnectionRestored), "connectionRestored")]
[JsonDerivedType(typeof(RunStarted), "runStarted")]
[JsonDerivedType(typeof(RunAltered), "runAltered")]
public abstract record MailboxEvent
{
    /// <summary>
    /// The span that caused it, in W3C form, while somebody records it; else absent. It is stored with the event, so that the turn belongs to the
    /// same trace on another node and after a restart.
    /// </summary>
    public string? Trace { get; init; }
}

/// <summary>
/// The lead wrote. <paramref name="At"/> is the provider's time, clamped to now; the window counts from it. <paramref name="Fields"/> is what the
/// lead said of itself beside the message, such as an e-mail in a form; nobody has verified it.
/// </summary>
public sealed record LeadMessage(
    string ProviderId, DateTimeOffset At, MessageContent Content, string? ProfileName = null, string? Referral = null,
    bool OpensWindow = true, bool WakesFlow = true, ImmutableSortedDictionary<string, string>? Fields = null) : MailboxEvent;

/// <summary>A lead from a form, an import or an integration.</summary>
public sealed record LeadCreated(
    string Source, string Name, ImmutableSortedDictionary<string, string> Fields, string? Flow = null, string? Department = null) : MailboxEvent;

/// <summary>
/// The provider reports what became of one of our messages. <paramref name="Status"/>: sent, delivered, read, played, failed.
/// <paramref name="TrackingId"/> is our message id where the provider gave it back.
/// </summary>
public sealed record StatusUpdate(string ProviderId, string Status, DateTimeOffset At, Guid? TrackingId, SendError? Error = null) : MailboxEvent;

/// <summary>Somebody answered from the business phone or another inbox.</summary>
public sealed record PhoneEcho(string ProviderId, DateTimeOffset At, MessageContent Content, Guid? TrackingId = null) : MailboxEvent;

/// <summary>A command of a person or a key, with the rights it claims; the turn checks them against the directory.</summary>
public sealed record CommandEvent(Command Command, Actor Actor) : MailboxEvent;

/// <summary>
/// A deadline of people has come. It only makes the turn look: whether the answer is still owed, and under which clock, is decided there.
/// </summary>
public sealed record DeadlineReached(DeadlineKind Kind, DateTimeOffset Clock, DateTimeOffset Due) : MailboxEvent;

/// <summary>The connection was repaired: what waited for it goes on.</summary>
/// <param name="How">connectionRestored, or probed where the engine tried by itself.</param>
public sealed record ConnectionRestored(string How, Actor By) : MailboxEvent;

/// <summary>A named signal for waiting flows, matched by bookmark hash.</summary>
/// <param name="AnswersHttp">Whether a caller waits for the HTTP response of the burst.</param>
public sealed record StimulusEvent(string Name, string Hash, string? PayloadJson, bool AnswersHttp = false) : MailboxEvent;

/// <summary>
/// Work outside of a turn has ended. It resumes its bookmark only under the epoch under which it was asked; later it is kept here as evidence.
/// </summary>
/// <param name="Result">JSON, as the waiting activity reads it.</param>
/// <param name="Suggestion">What a person who took over meanwhile may say with it; null when there is nothing to offer.</param>
public sealed record TaskCompleted(Guid TaskId, Guid Instance, string Bookmark, long Epoch, string Result, string? Suggestion = null) : MailboxEvent;
