using FlowEngine.Engine;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Jobs.Retention;

/// <summary>
/// Empties what turned events said (decision 31). The place up to which it has come is kept, so that no index of the busiest table is needed;
/// losing the place costs one long walk.
/// </summary>
public sealed class OldPayloads(IDbContextFactory<FlowEngineContext> contexts, RetentionOptions options) : IRetention
{
    private const string PlaceKey = "retention.payloads";
    private const int Batch = 500;

    public string Of => "payloads of events";

    public async Task<int> Clear(DateTimeOffset now, CancellationToken cancel)
    {
        if (options.PayloadDays <= 0)
        {
            return 0;
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var place = await db.Settings.FindAsync([PlaceKey], cancel) ?? db.Settings.Add(new StoredSetting { Key = PlaceKey, Value = "" }).Entity;
        var (emptied, end) = (0, Ids.FirstOf(now.AddDays(-options.PayloadDays)));
        while (await After(db, Place(place), end).Select(e => e.Id).ToListAsync(cancel) is { Count: > 0 } batch)
        {
            var (first, last) = (Place(place), batch[^1]);
            emptied += await db.Change(() => Turned(db, first, last).ExecuteUpdateAsync(e => e.SetProperty(x => x.Payload, Array.Empty<byte>()), cancel), cancel);

            // Dying here: the same batch is emptied again, which changes nothing.
            place.Value = last.ToString();
            await db.SaveChangesAsync(cancel);
        }

        return emptied;
    }

    /// <summary>The next ones by id, which is the order in which they came.</summary>
    internal static IQueryable<StoredEvent> After(FlowEngineContext db, Guid place, Guid end) => db.Events.Where(e => e.Id > place && e.Id < end).OrderBy(e => e.Id).Take(Batch);

    internal static IQueryable<StoredEvent> Turned(FlowEngineContext db, Guid first, Guid last) =>
        db.Events.Where(e => e.Id > first && e.Id <= last && e.State != EventState.Pending);

    private static Guid Place(StoredSetting place) => Guid.TryParse(place.Value, out var id) ? id : Guid.Empty;
}
