using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Timers;

namespace FlowEngine.Server.Composition;

/// <summary>Runs the due loop while the server lives; at shutdown no new turn starts, and what is left is found at the next start.</summary>
public sealed class EngineHost(DueLoop loop, Drain drain) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await loop.Run(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        finally
        {
            drain.Stop();
        }
    }
}
