namespace FlowEngine.Engine.Timers;

/// <summary>Ends the due loop's pause early when a commit has set an earlier due time.</summary>
public sealed class DueSignal : IDisposable
{
    private readonly Bell bell = new();
    private long pauseEndsAt = long.MinValue;

    /// <summary>Something is due at <paramref name="at"/>; rings only when the loop would sleep past it.</summary>
    public void DueAt(DateTimeOffset at)
    {
        if (at.UtcTicks < Volatile.Read(ref pauseEndsAt))
        {
            bell.Ring();
        }
    }

    public Task Wait(TimeSpan pause, TimeProvider clock, CancellationToken cancel)
    {
        Volatile.Write(ref pauseEndsAt, (clock.GetUtcNow() + pause).UtcTicks);
        return bell.Wait(pause, clock, cancel);
    }

    public void Dispose() => bell.Dispose();
}
