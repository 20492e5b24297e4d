using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Inbox;

/// <summary>Failures by cause (ownership.md 2a): also those that block nothing, so that automations can be validated.</summary>
public sealed partial class InboxQueries
{
    /// <summary>One page, newest first.</summary>
    /// <param name="cursor">The <see cref="FailurePage.NextCursor"/> of the page before; one that cannot be read counts as none.</param>
    public async Task<FailurePage> Failures(FailureFilter filter, string? cursor, int limit, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var incidents = db.Incidents.AsNoTracking().Where(i =>
            (filter.Open == null || (i.ClosedAt == null) == filter.Open) && (filter.Blocking == null || i.Blocking == filter.Blocking)
            && (filter.Category == null || i.Category == filter.Category));
        if (InboxCursor.TryRead(cursor, out var after) && after.At is { } at)
        {
            incidents = incidents.Where(i => i.At < at || (i.At == at && i.Id < after.Id));
        }

        var rows = await (
            from i in incidents
            join c in db.Conversations on i.ConversationId equals c.Id into conversations
            from c in conversations.DefaultIfEmpty()
            orderby i.At descending, i.Id descending
            select new { Incident = i, Contact = c!.Contact, Connection = i.Connection ?? c.Connection })
            .Take(limit + 1).ToListAsync(cancel);
        return new FailurePage(
            [.. rows.Take(limit).Select(r => new FailureRow(InboxRows.Of(r.Incident), r.Incident.ConversationId, r.Contact is null ? null : InboxRows.NameOf(r.Contact), r.Connection))],
            rows.Count > limit ? new InboxCursor(rows[limit - 1].Incident.At, rows[limit - 1].Incident.Id, 0).ToString() : null);
    }

    /// <summary>Open failures by category, the most first.</summary>
    public async Task<IReadOnlyList<(string Category, int Count)>> FailureCounts(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var counts = await db.Incidents.AsNoTracking().Where(i => i.ClosedAt == null)
            .GroupBy(i => i.Category).Select(g => new { Category = g.Key, Count = g.Count() }).ToListAsync(cancel);
        return [.. counts.OrderByDescending(c => c.Count).Select(c => (c.Category, c.Count))];
    }

    /// <summary>One incident of a conversation; null when there is none.</summary>
    public async Task<IncidentView?> FindIncident(Guid conversation, Guid incident, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Id == incident && i.ConversationId == conversation, cancel) is { } row ? InboxRows.Of(row) : null;
    }
}
