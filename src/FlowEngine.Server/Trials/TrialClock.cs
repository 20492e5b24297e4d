namespace FlowEngine.Server.Trials;

/// <summary>The server's time, and as much further as who tries a flow has let pass: a wait of a day is over with a click.</summary>
internal sealed class TrialClock(TimeProvider real) : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref ahead));

    /// <summary>Waits last as long as they really do; only what time it is differs.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);

    public void Pass(TimeSpan time) => Interlocked.Add(ref ahead, time.Ticks);
}
