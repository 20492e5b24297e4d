using FlowEngine.Conversations;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Automations;

/// <summary>
/// Looks for leads who wait in vain for an outside automation, and for automations in whose conversations nothing happens any more. It only asks:
/// the conversation's own turn reads the condition again and decides, so that a look that is late, repeated or made on two nodes does no harm.
/// </summary>
public sealed class AppWatch(IDbContextFactory<FlowEngineContext> contexts, Intake intake, Ids ids, TurnOptions options, TimeProvider clock, ILogger<AppWatch> log)
    : BackgroundService
{
    private const int PerLook = 500;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookUnharmed(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>One look; answers of how many conversations it asked.</summary>
    public async Task<int> Look(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var silent = now - options.AppAnswerWait;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var suspects = await Suspects(db, silent, now - options.AppIdle).Take(PerLook).ToListAsync(cancel);
        var events = suspects.Where(s => s.Idle || !(s.OwnerSince > silent)).Select(s => Ask(s, now)).ToList();
        await intake.Accept(events, cancel);
        return events.Count;
    }

    private async Task LookUnharmed(CancellationToken cancel)
    {
        try
        {
            await Look(cancel);
        }
        catch (Exception broken) when (!cancel.IsCancellationRequested)
        {
            log.LogError(broken, "Looking after outside automations failed; it is tried again");
        }
    }

    /// <summary>When the present owner became it is told by the first line of the story under its epoch.</summary>
    private static IQueryable<Suspect> Suspects(FlowEngineContext db, DateTimeOffset silent, DateTimeOffset idle) =>
        from c in db.Conversations.AsNoTracking()
        where c.OwnerKind == OwnerKind.OtherApp && c.Lifecycle == Lifecycle.Active && c.BlockingProblems == 0
        where c.UnansweredSince <= silent || c.LastActivityAt <= idle
        orderby c.UnansweredSince
        select new Suspect(
            c.Id, c.Epoch, c.LastActivityAt <= idle,
            db.History.Where(h => h.ConversationId == c.Id && h.Epoch == c.Epoch).OrderBy(h => h.Seq).Select(h => (DateTimeOffset?)h.At).FirstOrDefault());

    /// <summary>The same question is asked once a minute at most.</summary>
    private NewEvent Ask(Suspect suspect, DateTimeOffset now) => new(
        ids.Next(), $"endApp:{suspect.Conversation:N}:{suspect.Epoch}:{now.UtcTicks / TimeSpan.TicksPerMinute}", new CommandEvent(new EndApp(suspect.Epoch, suspect.Idle), Actor.System))
    {
        ConversationId = suspect.Conversation,
    };

    private sealed record Suspect(Guid Conversation, long Epoch, bool Idle, DateTimeOffset? OwnerSince);
}
