using System.Collections.Immutable;
using FlowEngine.Conversations;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Telemetry;

/// <summary>The counts that only the database knows, by indexes that hold little else.</summary>
public sealed class CensusQueries(IDbContextFactory<FlowEngineContext> contexts)
{
    public async Task<Snapshot> Take(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var tabs = await db.Conversations.AsNoTracking().GroupBy(c => c.Tab).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var errors = await db.Conversations.AsNoTracking().Where(c => c.Tab == Tab.Error)
            .GroupBy(c => c.ProblemCategory).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return new Snapshot
        {
            Mailbox = await Of(Pending(db), cancel),
            Unknown = await Of(db.Messages.AsNoTracking().Where(m => m.State == MessageState.Unknown).OrderBy(m => m.At).Select(m => m.At), cancel),
            Hooks = await Of(db.HookDeliveries.AsNoTracking().Where(d => d.State == HookState.Owed).OrderBy(d => d.Seq).Select(d => d.At), cancel),
            Tasks = await Of(db.Tasks.AsNoTracking().OrderBy(t => t.CreatedAt).Select(t => t.CreatedAt), cancel),
            Tabs = tabs.ToImmutableSortedDictionary(t => t.Key, t => t.Count),
            Errors = errors.ToImmutableSortedDictionary(e => e.Key ?? "unknown", e => e.Count, StringComparer.Ordinal),
        };
    }

    private static IQueryable<DateTimeOffset> Pending(FlowEngineContext db) =>
        db.Set<StoredEvent>().AsNoTracking().Where(e => e.State == EventState.Pending && e.MailboxId != null).OrderBy(e => e.Seq).Select(e => e.ReceivedAt);

    private static async Task<Backlog> Of(IQueryable<DateTimeOffset> since, CancellationToken cancel)
    {
        var count = await since.LongCountAsync(cancel);
        return new Backlog(count, count == 0 ? null : await since.FirstAsync(cancel));
    }
}
