using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Jobs.Retention;

/// <summary>Outgoing webhook calls that are over; what is still owed is never touched.</summary>
public sealed class OldHooks(IDbContextFactory<FlowEngineContext> contexts, RetentionOptions options) : IRetention
{
    private const int Batch = 500;

    public string Of => "outgoing webhooks";

    public async Task<int> Clear(DateTimeOffset now, CancellationToken cancel)
    {
        if (options.WebhookDays <= 0)
        {
            return 0;
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (deleted, before, place) = (0, now.AddDays(-options.WebhookDays), 0L);
        while (true)
        {
            var next = await After(db, place).Select(d => new { d.Seq, d.At }).ToListAsync(cancel);
            if (next.TakeWhile(d => d.At < before).LastOrDefault() is not { Seq: var last })
            {
                return deleted;
            }

            var first = place;
            deleted += await db.Change(() => db.HookDeliveries.Where(d => d.Seq > first && d.Seq <= last && d.State != HookState.Owed).ExecuteDeleteAsync(cancel), cancel);
            place = last;
        }
    }

    internal static IQueryable<StoredHookDelivery> After(FlowEngineContext db, long place) => db.HookDeliveries.Where(d => d.Seq > place).OrderBy(d => d.Seq).Take(Batch);
}
