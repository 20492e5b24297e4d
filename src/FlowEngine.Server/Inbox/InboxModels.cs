using FlowEngine.Conversations;

namespace FlowEngine.Server.Inbox;

/// <summary>The filters of the inbox and the API; null means any. <c>none</c> is a value; for agents also <c>me</c>.</summary>
/// <param name="SlaBreached">Only where an answer of this episode was late.</param>
public sealed record InboxFilter(string? Agent = null, string? Department = null, string? Connection = null, string? Label = null, string? Search = null, bool SlaBreached = false);

/// <summary>The six counters under the same filters, and how many of Error owe an answer.</summary>
public sealed record TabCounts(int NotStarted, int Waiting, int Open, int Automated, int Finished, int Error, int ErrorOwingAnswer);

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

public sealed record IncidentView(Guid Id, string Kind, string Category, string Code, string Message, string? Evidence, bool Blocking, DateTimeOffset At, DateTimeOffset? ClosedAt, string? ClosedBy, string? ClosedHow);

/// <summary>One bubble of the thread.</summary>
public sealed record MessageView(
    Guid Id, long Order, int Episode, MessageDirection Direction, AuthorKind Author, string? AuthorName, MessageContent Content, DateTimeOffset At,
    MessageState State, SendError? Error, bool LastWords, string? ActivityId);

public sealed record HistoryView(DateTimeOffset At, string Kind, string ActorKind, string ActorName, string From, string To, Tab TabFrom, Tab TabTo, long Epoch, string? Cause, IReadOnlyDictionary<string, string>? Data);
