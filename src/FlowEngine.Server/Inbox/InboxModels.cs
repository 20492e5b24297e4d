using System.Globalization;
using FlowEngine.Conversations;
using FlowEngine.Engine.Errors;
using FlowEngine.Workflows.Instances;

namespace FlowEngine.Server.Inbox;

/// <summary>The filters of the inbox and the API; null means any. <c>none</c> is a value; for agents also <c>me</c>.</summary>
/// <param name="SlaBreached">Only where an answer of this episode was late.</param>
/// <param name="Category">Category of what blocks, for the tab Error.</param>
public sealed record InboxFilter(
    string? Agent = null, string? Department = null, string? Connection = null, string? Label = null, string? Search = null, bool SlaBreached = false,
    string? Category = null);

/// <summary>The six counters under the same filters, and what Waiting and Open say of Error.</summary>
/// <param name="OwingInError">How many of Error owe a person's answer.</param>
/// <param name="OwedInErrorSince">Since when the longest of them waits.</param>
public sealed record TabCounts(
    int NotStarted, int Waiting, int Open, int Automated, int Finished, int Error, int OwingInError = 0, DateTimeOffset? OwedInErrorSince = null);

/// <summary>One line of a tab's list.</summary>
public sealed record ConversationRow(
    Guid Id, string ContactName, string? Phone, string Connection, string? Department, Owner Owner, Guid? ResponsibleId, string? ResponsibleName,
    Tab Tab, string? Preview, int Unread, IReadOnlyList<string> Labels, DateTimeOffset LastActivityAt, DateTimeOffset? HumanWaitSince,
    DateTimeOffset? UnansweredSince, string? ProblemCategory, long Version, int Episode, DateTimeOffset? FinishedAt, string? FinishedBy, string? FinishReason,
    bool SlaBreached = false, WindowNotice WindowNotice = WindowNotice.None);

public sealed record InboxPage(IReadOnlyList<ConversationRow> Items, string? NextCursor);

/// <summary>All that the thread's head and side pane show.</summary>
public sealed record ConversationDetail(
    ConversationRow Row, long Epoch, Stage Stage, Lifecycle Lifecycle, DateTimeOffset? WindowUntil, IReadOnlyDictionary<string, string> Fields, string Source,
    Guid? FlowInstance, string? FlowName, IReadOnlyList<IncidentView> Incidents, DateTimeOffset CreatedAt, long LastLeadOrder, bool OptedOut);

/// <summary>What went wrong, and what can be done about it in the reader's language.</summary>
public sealed record IncidentView(
    Guid Id, string Kind, string Category, string Code, string Cause, string? Evidence, bool Blocking, DateTimeOffset At, DateTimeOffset? ClosedAt, string? ClosedBy,
    string? ClosedHow)
{
    public string Cure => ErrorCatalog.Default.CureOf(Code, Category).In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>Whether doing it again is offered; the turn decides.</summary>
    public bool Retryable => Blocking && ClosedAt is null && Kind != nameof(ProblemKind.FlowEndedWithoutOwner);

    public bool Skippable => Retryable;
}

/// <summary>A run of a flow with a conversation, over or not.</summary>
/// <param name="Flow">The name of the version that it stands on.</param>
public sealed record RunView(Guid Id, string Flow, WorkflowSubStatus Status, DateTimeOffset StartedAt);

/// <summary>An incident in the view of failures, with the conversation that it befell.</summary>
public sealed record FailureRow(IncidentView Incident, Guid? ConversationId, string? ContactName, string? Connection);

/// <param name="Open">Null means both.</param>
/// <param name="Blocking">Null means both.</param>
public sealed record FailureFilter(bool? Open = null, bool? Blocking = null, string? Category = null);

public sealed record FailurePage(IReadOnlyList<FailureRow> Items, string? NextCursor);

/// <summary>One bubble of the thread.</summary>
public sealed record MessageView(
    Guid Id, long Order, int Episode, MessageDirection Direction, AuthorKind Author, string? AuthorName, MessageContent Content, DateTimeOffset At,
    MessageState State, SendError? Error, bool LastWords, string? ActivityId);

public sealed record HistoryView(DateTimeOffset At, string Kind, string ActorKind, string ActorName, string From, string To, Tab TabFrom, Tab TabTo, long Epoch, string? Cause, IReadOnlyDictionary<string, string>? Data);
