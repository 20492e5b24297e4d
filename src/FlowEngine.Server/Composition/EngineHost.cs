using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;
using FlowEngine.Server.Nodes;

namespace FlowEngine.Server.Composition;

/// <summary>
/// Runs the due loop and the work outside of turns while the server lives, from the moment that the connections are known. When this node leaves, no new turn starts; what is
/// under way ends, and what is left is found by another node or the next start. A node that only serves HTTP turns nothing.
/// </summary>
public sealed class EngineHost(DueLoop loop, TaskLoop tasks, Drain drain, NodeSettings node, Leaving leaving) : BackgroundService
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Begin() => ready.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!node.Worker)
        {
            await loop.Leave(drain.Stop());
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, leaving.Begun);
        try
        {
            await ready.Task.WaitAsync(end.Token);
            await Task.WhenAll(loop.Run(end.Token), tasks.Run(end.Token));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The node leaves.
        }
        finally
        {
            await loop.Leave(drain.Stop());
        }
    }
}
