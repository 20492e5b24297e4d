using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Engine.Timers;

/// <summary>
/// Wakes the mailboxes that have something due: timers of flows, next attempts, unknown sends, and events that a dead process or a
/// lost wake-up left pending. The table is the truth; this loop only looks.
/// </summary>
public sealed class DueLoop(ITurnStore store, Drain drain, DueSignal signal, TurnOptions options, TimeProvider clock, ILogger<DueLoop> log)
{
    private const int PerLook = 512;

    private DateTimeOffset saidAt = DateTimeOffset.MinValue;

    /// <summary>What dead nodes left, before the first wake-up (race R80 to R82), then looks until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await Live(cancel);
            var pause = await Look(cancel);
            await signal.Wait(pause, clock, cancel);
        }
    }

    /// <summary>
    /// Gives back what this node holds. While its last sends are under way it still says that it lives, so that nobody takes them for lost;
    /// then the rest is given back too. Other nodes go on at once.
    /// </summary>
    public async Task Leave(Task quiet)
    {
        try
        {
            await store.StandDown(CancellationToken.None);
            while (!quiet.IsCompleted)
            {
                await store.Heartbeat(clock.GetUtcNow(), CancellationToken.None);
                await Task.WhenAny(quiet, Task.Delay(options.HeartbeatEvery, clock));
            }

            await store.StandDown(CancellationToken.None);
        }
        catch (Exception broken)
        {
            log.LogError(broken, "The store does not take back what this node holds; the others take it over when they miss its heartbeat");
            await quiet;
        }
    }

    /// <summary>Says that this node lives, and takes over from those that no longer do.</summary>
    private async Task Live(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now - saidAt < options.HeartbeatEvery)
        {
            return;
        }

        try
        {
            await store.Heartbeat(now, cancel);
            var (requeued, unknown) = await store.TakeOver(now, now + options.RepeatWait, cancel);
            await store.DeliverKept(now, cancel);
            saidAt = now;
            if (requeued + unknown > 0)
            {
                log.LogWarning("A dead process left {Requeued} released messages that were never called and {Unknown} whose outcome is unknown", requeued, unknown);
            }
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            log.LogError(broken, "The store does not take this node's heartbeat; it is tried again");
        }
    }

    /// <summary>One look; answers how long nothing more is due.</summary>
    public async Task<TimeSpan> Look(CancellationToken cancel)
    {
        try
        {
            var now = clock.GetUtcNow();
            var due = await store.FindDue(now, PerLook, cancel);
            foreach (var mailbox in due)
            {
                drain.Wake(mailbox);
            }

            var next = await store.NextDueAt(now, cancel);
            var pause = next is null ? options.SweepEvery : next.Value - now;
            return pause < options.SweepEvery ? (pause > TimeSpan.Zero ? pause : TimeSpan.FromMilliseconds(1)) : options.SweepEvery;
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            log.LogError(broken, "Looking for due work failed; it is tried again");
            return options.SweepEvery;
        }
    }
}
