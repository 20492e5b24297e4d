using FlowEngine.Conversations;
using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Inbox;

/// <summary>From rows to what people see.</summary>
internal static class InboxRows
{
    public static ConversationRow Of(StoredConversation c) => new(
        c.Id, NameOf(c), PhoneOf(c.Contact), c.Connection, c.Department, new Owner(c.OwnerKind, c.OwnerId, c.OwnerName), c.ResponsibleId, c.ResponsibleName, c.Tab,
        c.Preview, c.Unread, LabelsOf(c), c.LastActivityAt, c.HumanWaitSince, c.UnansweredSince, c.ProblemCategory, c.Version, c.Episode, c.FinishedAt, c.FinishedBy,
        c.FinishReason, c.MissedClock is not null, c.WindowNotice);

    /// <summary>A finished episode, though its conversation may have gone on: it stays in Finished with what was true at its end.</summary>
    public static ConversationRow Of(StoredEpisode e)
    {
        var now = Of(e.Conversation!);
        var goesOn = e.Number != e.Conversation!.Episode;
        return now with
        {
            Tab = Tab.Finished,
            Episode = e.Number,
            ResponsibleId = e.ResponsibleId,
            ResponsibleName = e.ResponsibleName,
            Department = e.Department,
            FinishedAt = e.FinishedAt,
            FinishedBy = e.FinishedBy,
            FinishReason = e.FinishReason,
            Unread = goesOn ? 0 : now.Unread,
            SlaBreached = !goesOn && now.SlaBreached,
            HumanWaitSince = null,
            UnansweredSince = null,
            ProblemCategory = null,
        };
    }

    public static IncidentView Of(StoredIncident i) =>
        new(i.Id, i.Kind, i.Category, i.Code, i.Message, i.Evidence, i.Blocking, i.At, i.ClosedAt, i.ClosedBy, i.ClosedHow);

    public static HistoryView Of(StoredHistory h) => new(
        h.At, h.Kind, h.ActorKind.ToString(), h.ActorName, Say(h.FromOwnerKind, h.FromOwnerName ?? h.FromOwnerId), Say(h.ToOwnerKind, h.ToOwnerName ?? h.ToOwnerId), h.TabFrom,
        h.TabTo, h.Epoch, h.Cause, h.Data);

    public static string NameOf(StoredContact? contact) =>
        contact?.Name is { Length: > 0 } name ? name : PhoneOf(contact) ?? contact?.UserId ?? "?";

    /// <summary>As the contact is known, else as a flow has learnt it; a visitor of a web chat of whom nothing is known is a number.</summary>
    private static string NameOf(StoredConversation c) =>
        c.Contact?.Name is { Length: > 0 } name ? name
        : c.Fields.GetValueOrDefault("name") is { Length: > 0 } told ? told
        : PhoneOf(c.Contact) ?? c.Contact?.UserId ?? $"Chat {c.ContactId.ToString("N")[^4..].ToUpperInvariant()}";

    private static string Say(OwnerKind kind, string? name) => name is null ? kind.ToString() : $"{kind}: {name}";

    private static string? PhoneOf(StoredContact? contact) => (contact?.Phone ?? contact?.WaId) is { Length: > 0 } digits ? "+" + digits.TrimStart('+') : null;

    private static List<string> LabelsOf(StoredConversation c) => [.. c.Labels.Select(l => l.Label).Order(StringComparer.Ordinal)];
}
