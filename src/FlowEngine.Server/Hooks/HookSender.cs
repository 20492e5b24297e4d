using FlowEngine.Engine;
using FlowEngine.Engine.Hooks;
using FlowEngine.Server.Persistence.Sqlite;

namespace FlowEngine.Server.Hooks;

/// <summary>
/// Sends the outgoing webhooks that commits have left owed. Woken after a commit; looks by itself every few seconds, so that a lost
/// wake-up or a dead process's rest is found.
/// </summary>
public sealed class HookSender(HookSettings settings, HookSignal signal, SqliteHookQueue queue, HookPost post, Ids ids, TimeProvider clock, ILogger<HookSender> log)
    : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await queue.Forget(settings.Endpoints.Count, stoppingToken);
        if (settings.Endpoints.Count == 0)
        {
            return;
        }

        var pumps = settings.Endpoints.Select((endpoint, hook) => new HookPump(hook, endpoint, queue, post, ids, clock, log)).ToList();
        var running = pumps.Select(pump => pump.Run(stoppingToken)).Append(Wake(pumps, stoppingToken)).ToList();
        try
        {
            // A pump never ends by itself: the first that does has failed, and the host must hear of it.
            await await Task.WhenAny(running);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task Wake(List<HookPump> pumps, CancellationToken cancel)
    {
        while (true)
        {
            await signal.Wait(Sweep, clock, cancel);
            cancel.ThrowIfCancellationRequested();
            pumps.ForEach(pump => pump.Wake());
        }
    }
}
