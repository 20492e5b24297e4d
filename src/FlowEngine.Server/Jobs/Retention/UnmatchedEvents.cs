using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Jobs.Retention;

/// <summary>
/// Events that no mailbox has ever seen (decision 1): statuses whose message never became known. They are set aside with their key kept, so that
/// they no longer wait for a message that is not ours.
/// </summary>
public sealed class UnmatchedEvents(IDbContextFactory<FlowEngineContext> contexts, RetentionOptions options) : IRetention
{
    private const int Batch = 500;

    public string Of => "unmatched events";

    public async Task<int> Clear(DateTimeOffset now, CancellationToken cancel)
    {
        if (options.UnmatchedDays <= 0)
        {
            return 0;
        }

        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (expired, before) = (0, now.AddDays(-options.UnmatchedDays));
        while (await Waiting(db, before).Take(Batch).Select(e => e.Id).ToListAsync(cancel) is { Count: > 0 } old)
        {
            // Whoever found its message meanwhile has given it a mailbox, and it is no longer ours to expire.
            expired += await db.Change(() => db.Events.Where(e => old.Contains(e.Id) && e.MailboxId == null).ExecuteUpdateAsync(
                e => e.SetProperty(x => x.State, EventState.Dead).SetProperty(x => x.DoneAt, now).SetProperty(x => x.Payload, Array.Empty<byte>()), cancel), cancel);
        }

        return expired;
    }

    internal static IQueryable<StoredEvent> Waiting(FlowEngineContext db, DateTimeOffset before) =>
        db.Events.Where(e => e.MailboxId == null && e.State == EventState.Pending && e.ReceivedAt < before);
}
