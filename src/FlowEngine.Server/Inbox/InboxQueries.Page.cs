using FlowEngine.Conversations;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Inbox;

/// <summary>The lists: each page begins right after the last line of the one before, whatever has moved since.</summary>
public sealed partial class InboxQueries
{
    /// <summary>One page of a tab. Waiting and Error are sorted by the longest wait, the others by the newest activity; Finished lists episodes.</summary>
    /// <param name="cursor">The <see cref="InboxPage.NextCursor"/> of the page before; one that cannot be read counts as none.</param>
    public async Task<InboxPage> Page(Tab tab, InboxFilter filter, Guid? me, string? cursor, int limit, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        InboxCursor? after = InboxCursor.TryRead(cursor, out var read) ? read : null;
        return tab switch
        {
            Tab.Finished => await Finished(db, filter, me, after, limit, cancel),
            Tab.Waiting or Tab.Error => await LongestWait(db, tab, filter, me, after, limit, cancel),
            _ => await Newest(db, tab, filter, me, after, limit, cancel),
        };
    }

    /// <summary>Longest wait first. A line without a clock (a chat nobody owns whose lead has just been answered) counts from its last activity.</summary>
    private static async Task<InboxPage> LongestWait(FlowEngineContext db, Tab tab, InboxFilter filter, Guid? me, InboxCursor? after, int limit, CancellationToken cancel)
    {
        var lines = Lines(db, tab, filter, me);
        if (after is { At: { } at, Id: var id })
        {
            lines = lines.Where(c => (c.HumanWaitSince ?? c.LastActivityAt) > at || ((c.HumanWaitSince ?? c.LastActivityAt) == at && c.Id > id));
        }

        var rows = await lines.OrderBy(c => c.HumanWaitSince ?? c.LastActivityAt).ThenBy(c => c.Id).Take(limit + 1).ToListAsync(cancel);
        return Cut(rows, limit, InboxRows.Of, c => new InboxCursor(c.HumanWaitSince ?? c.LastActivityAt, c.Id, 0));
    }

    private static async Task<InboxPage> Newest(FlowEngineContext db, Tab tab, InboxFilter filter, Guid? me, InboxCursor? after, int limit, CancellationToken cancel)
    {
        var lines = Lines(db, tab, filter, me);
        if (after is { At: { } at, Id: var id })
        {
            lines = lines.Where(c => c.LastActivityAt < at || (c.LastActivityAt == at && c.Id < id));
        }

        var rows = await lines.OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Id).Take(limit + 1).ToListAsync(cancel);
        return Cut(rows, limit, InboxRows.Of, c => new InboxCursor(c.LastActivityAt, c.Id, 0));
    }

    private static async Task<InboxPage> Finished(FlowEngineContext db, InboxFilter filter, Guid? me, InboxCursor? after, int limit, CancellationToken cancel)
    {
        var lines = db.Episodes.AsNoTracking().Where(e => e.FinishedAt != null).Where(filter, me, db);
        if (after is { At: { } at, Id: var id, Episode: var number })
        {
            lines = lines.Where(e => e.FinishedAt < at || (e.FinishedAt == at && (e.ConversationId < id || (e.ConversationId == id && e.Number < number))));
        }

        var rows = await lines
            .OrderByDescending(e => e.FinishedAt).ThenByDescending(e => e.ConversationId).ThenByDescending(e => e.Number)
            .Include(e => e.Conversation).ThenInclude(c => c!.Contact)
            .Include(e => e.Conversation).ThenInclude(c => c!.Labels)
            .Take(limit + 1)
            .ToListAsync(cancel);
        return Cut(rows, limit, InboxRows.Of, e => new InboxCursor(e.FinishedAt, e.ConversationId, e.Number));
    }

    private static IQueryable<StoredConversation> Lines(FlowEngineContext db, Tab tab, InboxFilter filter, Guid? me) =>
        db.Conversations.AsNoTracking().Include(c => c.Contact).Include(c => c.Labels).Where(c => c.Tab == tab).Where(filter, me, db);

    private static InboxPage Cut<T>(List<T> rows, int limit, Func<T, ConversationRow> line, Func<T, InboxCursor> place) =>
        new([.. rows.Take(limit).Select(line)], rows.Count > limit ? place(rows[limit - 1]).ToString() : null);
}
