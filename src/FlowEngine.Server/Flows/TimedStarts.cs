using FlowEngine.Engine.Flows;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>
/// Starts flows by the clock, from their table. The run's first event has a key of the trigger and its time, so that one time is one run however many
/// nodes look; only then the next time is written. If the process dies between the two, the next look finds the key known and goes on.
/// </summary>
public sealed class TimedStarts(IDbContextFactory<FlowEngineContext> contexts, Intake intake, Signals signals, TimeProvider clock, ILogger<TimedStarts> log) : BackgroundService
{
    private const int PerLook = 200;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                await LookUnharmed(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>One look; answers how many times have come.</summary>
    public async Task<int> Look(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var due = await context.TimedTriggers.AsNoTracking().Where(t => t.NextAt <= now).OrderBy(t => t.NextAt).Take(PerLook).ToListAsync(cancel);
        foreach (var trigger in due)
        {
            var at = trigger.NextAt!.Value;
            await intake.Accept([StartOf(trigger, at)], cancel);
            var next = new TimedRule(trigger.Type, trigger.Rule).Next(at, now);
            await context.Change(
                () => context.TimedTriggers
                    .Where(t => t.DefinitionId == trigger.DefinitionId && t.ActivityId == trigger.ActivityId && t.NextAt == at)
                    .ExecuteUpdateAsync(t => t.SetProperty(x => x.NextAt, next), cancel),
                cancel);
        }

        return due.Count;
    }

    private NewEvent StartOf(StoredTimedTrigger trigger, DateTimeOffset at) => signals.Start(
        new RunStarted(trigger.DefinitionId, trigger.VersionId, trigger.ActivityId), $"timed:{trigger.DefinitionId}:{trigger.ActivityId}:{at.UtcTicks}");

    private async Task LookUnharmed(CancellationToken cancel)
    {
        try
        {
            await Look(cancel);
        }
        catch (Exception broken) when (!cancel.IsCancellationRequested)
        {
            log.LogError(broken, "Starting flows by the clock failed; it is tried again");
        }
    }
}
