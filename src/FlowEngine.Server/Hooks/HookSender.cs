using FlowEngine.Engine;
using FlowEngine.Engine.Hooks;
using FlowEngine.Server.Persistence;

namespace FlowEngine.Server.Hooks;

/// <summary>
/// Sends the outgoing webhooks that commits have left owed. Of several nodes one carries out those of a webhook; another goes on when
/// it has died. Woken after a commit; looks by itself every few seconds, so that a lost wake-up or a dead process's rest is found.
/// </summary>
public sealed class HookSender(HookSettings settings, HookSignal signal, IHookQueue queue, HookPost post, Ids ids, TimeProvider clock, ILogger<HookSender> log)
    : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);

    private readonly HookPump?[] pumps = new HookPump?[settings.Endpoints.Count];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await queue.Forget(settings.Endpoints.Count, stoppingToken);
        if (settings.Endpoints.Count == 0)
        {
            return;
        }

        var running = Enumerable.Range(0, pumps.Length).Select(hook => Tend(hook, stoppingToken)).Append(Wake(stoppingToken)).ToList();
        try
        {
            // None ends by itself: the first that does has failed, and the host must hear of it.
            await await Task.WhenAny(running);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>Pumps while this node leads the webhook, and asks to lead it while it does not.</summary>
    private async Task Tend(int hook, CancellationToken cancel)
    {
        using var pause = new PeriodicTimer(Sweep, clock);
        while (true)
        {
            if (await queue.Lead(hook, clock.GetUtcNow(), cancel))
            {
                await Pump(hook, pause, cancel);
            }

            await pause.WaitForNextTickAsync(cancel);
        }
    }

    /// <summary>Returns when another node leads.</summary>
    private async Task Pump(int hook, PeriodicTimer pause, CancellationToken cancel)
    {
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pump = pumps[hook] = new HookPump(hook, settings.Endpoints[hook], queue, post, ids, clock, log);
        var pumping = pump.Run(leading.Token);
        while (await pause.WaitForNextTickAsync(cancel) && !pumping.IsCompleted && await queue.Lead(hook, clock.GetUtcNow(), cancel))
        {
        }

        pumps[hook] = null;
        await leading.CancelAsync();
        try
        {
            await pumping;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // What it held is owed still, and the other node's now.
        }
    }

    private async Task Wake(CancellationToken cancel)
    {
        while (true)
        {
            await signal.Wait(Sweep, clock, cancel);
            cancel.ThrowIfCancellationRequested();
            foreach (var pump in pumps)
            {
                pump?.Wake();
            }
        }
    }
}
