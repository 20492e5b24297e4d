namespace FlowEngine.Server.Trials;

/// <summary>The server's time, and as much further as who tries a flow has let pass: a wait of a day is over with a click.</summary>
internal sealed class TrialClock(TimeProvider real) : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref ahead));

    public void Pass(TimeSpan time) => Interlocked.Add(ref ahead, time.Ticks);
}
