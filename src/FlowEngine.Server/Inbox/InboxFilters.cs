using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Inbox;

/// <summary>The filters of the inbox as conditions, the same for lists and counters, so that they never disagree.</summary>
internal static class InboxFilters
{
    private const string None = "none";
    private const string Mine = "me";

    /// <summary>The agent filter means the responsible person on every tab (ownership.md section 2).</summary>
    public static IQueryable<StoredConversation> Where(this IQueryable<StoredConversation> rows, InboxFilter filter, Guid? me, FlowEngineContext db)
    {
        if (filter.Agent is { } agent)
        {
            var id = AgentId(agent, me);
            rows = agent == None ? rows.Where(c => c.ResponsibleId == null) : rows.Where(c => c.ResponsibleId == id);
        }

        if (filter.Department is { } department)
        {
            rows = department == None ? rows.Where(c => c.Department == null) : rows.Where(c => c.Department == department);
        }

        if (filter.Connection is { } connection)
        {
            rows = rows.Where(c => c.Connection == connection);
        }

        if (filter.Label is { } label)
        {
            rows = label == None ? rows.Where(c => !c.Labels.Any()) : rows.Where(c => c.Labels.Any(l => l.Label == label));
        }

        if (filter.SlaBreached)
        {
            rows = rows.Where(c => c.MissedClock != null);
        }

        if (filter.Category is { } category)
        {
            rows = rows.Where(c => c.ProblemCategory == category);
        }

        return Search(rows, filter.Search);
    }

    /// <summary>Episodes: responsible person and department are those at the finish; the rest is the conversation's.</summary>
    public static IQueryable<StoredEpisode> Where(this IQueryable<StoredEpisode> rows, InboxFilter filter, Guid? me, FlowEngineContext db)
    {
        if (filter.Agent is { } agent)
        {
            var id = AgentId(agent, me);
            rows = agent == None ? rows.Where(e => e.ResponsibleId == null) : rows.Where(e => e.ResponsibleId == id);
        }

        if (filter.Department is { } department)
        {
            rows = department == None ? rows.Where(e => e.Department == null) : rows.Where(e => e.Department == department);
        }

        var rest = filter with { Agent = null, Department = null };
        if (rest == new InboxFilter())
        {
            return rows;
        }

        var conversations = db.Conversations.Where(rest, me, db).Select(c => c.Id);
        return rows.Where(e => conversations.Contains(e.ConversationId));
    }

    /// <summary>
    /// Contact's name, phone or the newest message, whatever the case and the accents; a word that is typed like a phone finds the digits.
    /// </summary>
    private static IQueryable<StoredConversation> Search(IQueryable<StoredConversation> rows, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return rows;
        }

        var words = Pattern(SearchText.Fold(search.Trim()));
        var digits = new string([.. search.Where(char.IsAsciiDigit)]);
        var phone = digits.Length >= 3 && search.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or '.') ? Pattern(digits) : words;
        return rows.Where(c =>
            EF.Functions.Like(FlowEngineContext.Folded(c.Contact!.Name)!, words, Escape) || EF.Functions.Like(c.Contact!.Phone!, phone, Escape)
            || EF.Functions.Like(c.Contact!.WaId!, phone, Escape) || EF.Functions.Like(FlowEngineContext.Folded(c.Preview)!, words, Escape));
    }

    private const string Escape = "\\";

    private static string Pattern(string text) =>
        "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    /// <summary>An id that is nobody's when the word is none; then the lists are empty, and not unfiltered.</summary>
    private static Guid? AgentId(string agent, Guid? me) => agent == Mine ? me ?? Guid.Empty : Guid.TryParse(agent, out var id) ? id : Guid.Empty;
}
