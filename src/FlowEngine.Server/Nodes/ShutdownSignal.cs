using System.Runtime.InteropServices;

namespace FlowEngine.Server.Nodes;

/// <summary>
/// SIGTERM, SIGINT or SIGQUIT: not ready at once, and after the notice that proxies need the host stops. Nobody who comes in between is
/// turned away. A second signal does not wait.
/// </summary>
public sealed class ShutdownSignal(Leaving leaving, NodeSettings node, IHostApplicationLifetime application, TimeProvider clock) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];
    private int asked;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            signals.Add(PosixSignalRegistration.Create(signal, Note));
        }

        return Task.CompletedTask;
    }

    public async Task Leave()
    {
        if (Interlocked.Increment(ref asked) == 1)
        {
            leaving.Begin();
            await Task.Delay(node.Notice, clock);
        }

        application.StopApplication();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    private void Note(PosixSignalContext context)
    {
        context.Cancel = true;
        _ = Leave();
    }
}
