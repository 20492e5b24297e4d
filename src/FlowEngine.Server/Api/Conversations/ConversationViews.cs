using FlowEngine.Conversations;
using FlowEngine.Server.Inbox;

namespace FlowEngine.Server.Api.Conversations;

internal sealed record ContactJson(string Name, string? Phone);

internal sealed record PersonJson(Guid Id, string? Name);

internal sealed record WindowJson(DateTimeOffset? Until, bool Open);

internal sealed record FinishJson(DateTimeOffset At, string? By, string? Reason);

internal sealed record WorkflowJson(Guid Id, string? Name);

/// <summary>A conversation (or, in the tab finished, an episode) as lists show it.</summary>
internal sealed record ConversationJson(
    Guid Id, long Version, int Episode, Tab Tab, Owner Owner, PersonJson? Responsible, ContactJson Contact, string Connection, string? Department,
    IReadOnlyList<string> Labels, string? Preview, int Unread, DateTimeOffset LastActivityAt, DateTimeOffset? WaitingSince, DateTimeOffset? UnansweredSince,
    string? ProblemCategory, bool SlaBreached, FinishJson? Finished)
{
    public static ConversationJson Of(ConversationRow row) => new(
        row.Id, row.Version, row.Episode, row.Tab, row.Owner, row.ResponsibleId is { } id ? new PersonJson(id, row.ResponsibleName) : null,
        new ContactJson(row.ContactName, row.Phone), row.Connection, row.Department, row.Labels, row.Preview, row.Unread, row.LastActivityAt,
        row.HumanWaitSince, row.UnansweredSince, row.ProblemCategory, row.SlaBreached,
        row.FinishedAt is { } at ? new FinishJson(at, row.FinishedBy, row.FinishReason) : null);
}

/// <summary>All of one conversation.</summary>
internal sealed record ConversationDetailJson(
    Guid Id, long Version, long Epoch, int Episode, Lifecycle Lifecycle, Stage Stage, Tab Tab, Owner Owner, PersonJson? Responsible, ContactJson Contact,
    string Connection, string? Department, IReadOnlyList<string> Labels, IReadOnlyDictionary<string, string> Fields, string Source, WindowJson Window,
    DateTimeOffset? WaitingSince, DateTimeOffset? UnansweredSince, bool SlaBreached, WorkflowJson? WorkflowInstance, IReadOnlyList<IncidentView> Incidents, int Unread,
    bool OptedOut, long LastLeadOrder, DateTimeOffset CreatedAt, DateTimeOffset LastActivityAt, FinishJson? Finished)
{
    public static ConversationDetailJson Of(ConversationDetail detail, WindowKind window, DateTimeOffset now)
    {
        var row = ConversationJson.Of(detail.Row);
        return new ConversationDetailJson(
            row.Id, row.Version, detail.Epoch, row.Episode, detail.Lifecycle, detail.Stage, row.Tab, row.Owner, row.Responsible, row.Contact,
            row.Connection, row.Department, row.Labels, detail.Fields, detail.Source, new WindowJson(detail.WindowUntil, window == WindowKind.None || detail.WindowUntil > now),
            row.WaitingSince, row.UnansweredSince, row.SlaBreached, detail.FlowInstance is { } flow ? new WorkflowJson(flow, detail.FlowName) : null, detail.Incidents,
            row.Unread, detail.OptedOut, detail.LastLeadOrder, detail.CreatedAt, row.LastActivityAt, row.Finished);
    }
}
