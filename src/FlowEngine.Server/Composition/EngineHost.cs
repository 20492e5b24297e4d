using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;

namespace FlowEngine.Server.Composition;

/// <summary>
/// Runs the due loop and the work outside of turns while the server lives, from the moment that the connections are known. At shutdown no new turn starts, and what is
/// left is found at the next start.
/// </summary>
public sealed class EngineHost(DueLoop loop, TaskLoop tasks, Drain drain) : BackgroundService
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Begin() => ready.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ready.Task.WaitAsync(stoppingToken);
            await Task.WhenAll(loop.Run(stoppingToken), tasks.Run(stoppingToken));
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
