using FlowEngine.Engine;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Jobs.Retention;

/// <summary>Runs that ended long ago, with their journals and, where they had no conversation, their mailboxes. A run that still waits is kept however old it is; one that was imported counts from then.</summary>
public sealed class OldRuns(IDbContextFactory<FlowEngineContext> contexts, RetentionOptions options) : IRetention
{
    private const int Batch = 100;

    public string Of => "ended runs";

    public async Task<int> Clear(DateTimeOffset now, CancellationToken cancel)
    {
        if (options.RunDays <= 0)
        {
            return 0;
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (deleted, before, place) = (0, now.AddDays(-options.RunDays), Guid.Empty);
        while (await Started(db, place, before).Select(i => new { i.Id, OverAt = i.ImportedAt ?? i.FinishedAt }).ToListAsync(cancel) is { Count: > 0 } batch)
        {
            // The journal first: a run without journal is deleted by the next walk, a journal without run would stay.
            var over = batch.Where(i => i.OverAt < before).Select(i => i.Id).ToList();
            await db.Change(() => db.Journal.Where(j => over.Contains(j.InstanceId)).ExecuteDeleteAsync(cancel), cancel);
            await db.Change(() => db.Mailboxes.Where(m => m.Kind == MailboxKind.Instance && over.Contains(m.Id)).ExecuteDeleteAsync(cancel), cancel);
            deleted += await db.Change(() => db.Instances.Where(i => over.Contains(i.Id)).ExecuteDeleteAsync(cancel), cancel);
            place = batch[^1].Id;
        }

        return deleted;
    }

    /// <summary>The next ones by id, which is the order of their start.</summary>
    internal static IQueryable<StoredInstance> Started(FlowEngineContext db, Guid place, DateTimeOffset before)
    {
        var end = Ids.FirstOf(before);
        return db.Instances.AsNoTracking().Where(i => i.Id > place && i.Id < end).OrderBy(i => i.Id).Take(Batch);
    }
}
