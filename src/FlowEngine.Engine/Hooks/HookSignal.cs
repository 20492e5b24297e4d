namespace FlowEngine.Engine.Hooks;

/// <summary>Wakes the webhook sender after a commit that owes deliveries; a lost wake-up is found by its sweep.</summary>
public sealed class HookSignal : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);

    public void Wake()
    {
        try
        {
            bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already ringing.
        }
    }

    public void Dispose() => bell.Dispose();

    /// <summary>Returns at the next wake-up, or after <paramref name="atMost"/>.</summary>
    public async Task Wait(TimeSpan atMost, TimeProvider clock, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await bell.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nothing came.
        }
    }
}
