namespace FlowEngine.Engine.Timers;

/// <summary>Ends the due loop's pause early when a commit has set an earlier due time.</summary>
public sealed class DueSignal : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);
    private long pauseEndsAt = long.MinValue;

    /// <summary>Something is due at <paramref name="at"/>; rings only when the loop would sleep past it.</summary>
    public void DueAt(DateTimeOffset at)
    {
        if (at.UtcTicks < Volatile.Read(ref pauseEndsAt))
        {
            Ring();
        }
    }

    public void Ring()
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

    public async Task Wait(TimeSpan pause, TimeProvider clock, CancellationToken cancel)
    {
        Volatile.Write(ref pauseEndsAt, (clock.GetUtcNow() + pause).UtcTicks);
        using var timeout = new CancellationTokenSource(pause, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await bell.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The pause is over.
        }
    }
}
