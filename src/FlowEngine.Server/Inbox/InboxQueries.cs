using FlowEngine.Conversations;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Inbox;

/// <summary>What the inbox and the API read. Never writes; sees what is committed.</summary>
public sealed partial class InboxQueries(IDbContextFactory<FlowEngineContext> contexts)
{
    /// <summary>The six counters by one grouped query; Finished counts episodes, as its list does.</summary>
    public async Task<TabCounts> Counts(InboxFilter filter, Guid? me, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var groups = await db.Conversations.AsNoTracking()
            .Where(c => c.Lifecycle == Lifecycle.Active)
            .Where(filter, me, db)
            .GroupBy(c => c.Tab)
            .Select(g => new { Tab = g.Key, Count = g.Count(), Owing = g.Count(c => c.HumanWaitSince != null), Since = g.Min(c => c.HumanWaitSince) })
            .ToListAsync(cancel);
        var finished = await db.Episodes.AsNoTracking().Where(e => e.FinishedAt != null).Where(filter, me, db).CountAsync(cancel);
        int Of(Tab tab) => groups.Find(g => g.Tab == tab)?.Count ?? 0;
        var error = groups.Find(g => g.Tab == Tab.Error);
        return new TabCounts(
            Of(Tab.NotStarted), Of(Tab.Waiting), Of(Tab.Open), Of(Tab.Automated), finished, Of(Tab.Error), error?.Owing ?? 0, error?.Since);
    }

    /// <summary>Null when there is no such conversation.</summary>
    public async Task<ConversationDetail?> Find(Guid conversation, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await db.Conversations.AsNoTracking().Include(c => c.Contact).Include(c => c.Labels).SingleOrDefaultAsync(c => c.Id == conversation, cancel);
        if (row is null)
        {
            return null;
        }

        var incidents = await db.Incidents.AsNoTracking()
            .Where(i => i.ConversationId == conversation)
            .OrderByDescending(i => i.At)
            .Take(MostIncidents)
            .Select(i => new IncidentView(i.Id, i.Kind, i.Category, i.Code, i.Message, i.Evidence, i.Blocking, i.At, i.ClosedAt, i.ClosedBy, i.ClosedHow))
            .ToListAsync(cancel);
        var lastLead = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation && m.Direction == MessageDirection.In)
            .MaxAsync(m => (long?)m.Order, cancel);
        var flow = await FlowName(db, row.FlowInstance, cancel);
        return new ConversationDetail(
            InboxRows.Of(row), row.Epoch, row.Stage, row.Lifecycle, row.WindowUntil, row.Fields, row.Source, row.FlowInstance, flow, incidents, row.CreatedAt,
            lastLead ?? 0, row.Contact?.OptedOut == true);
    }

    /// <summary>Newest first, those with an order number below <paramref name="before"/>.</summary>
    public async Task<IReadOnlyList<MessageView>> Messages(Guid conversation, long? before, int limit, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation && (before == null || m.Order < before))
            .OrderByDescending(m => m.Order)
            .Take(limit)
            .Select(m => new MessageView(m.Id, m.Order, m.Episode, m.Direction, m.Author, m.AuthorName, m.Content, m.At, m.State, m.Error, m.LastWords, m.ActivityId))
            .ToListAsync(cancel);
    }

    /// <summary>The file that a message names, and the connection that it came or went by; null when there is no such message, or it names none.</summary>
    public async Task<(string Connection, MediaRef Media)?> FindMedia(Guid message, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = await db.Messages.AsNoTracking().Where(m => m.Id == message)
            .Join(db.Conversations, m => m.ConversationId, c => c.Id, (m, c) => new { m.Content, c.Connection }).SingleOrDefaultAsync(cancel);
        return found?.Content.Media is { } media ? (found.Connection, media) : null;
    }

    /// <summary>The newest entries of the audit trail, newest first.</summary>
    public async Task<IReadOnlyList<HistoryView>> History(Guid conversation, int limit, CancellationToken cancel) =>
        (await HistoryPage(conversation, null, limit, cancel)).Items;

    /// <summary>Newest first, those before the given place; with the place before which the older ones stand.</summary>
    public async Task<(IReadOnlyList<HistoryView> Items, long? NextBefore)> HistoryPage(Guid conversation, long? before, int limit, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.History.AsNoTracking()
            .Where(h => h.ConversationId == conversation && (before == null || h.Seq < before))
            .OrderByDescending(h => h.Seq)
            .Take(limit)
            .ToListAsync(cancel);
        return ([.. rows.Select(InboxRows.Of)], rows.Count == limit ? rows[^1].Seq : null);
    }

    private const int MostIncidents = 50;

    private static async Task<string?> FlowName(FlowEngineContext db, Guid? instance, CancellationToken cancel)
    {
        if (instance is not { } id)
        {
            return null;
        }

        return await (
            from run in db.Instances.AsNoTracking()
            where run.Id == id
            join version in db.Definitions on run.VersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            select version.Name ?? run.DefinitionId).SingleOrDefaultAsync(cancel);
    }
}
