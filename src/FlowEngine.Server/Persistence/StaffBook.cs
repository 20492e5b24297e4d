namespace FlowEngine.Server.Persistence;

/// <summary>
/// Says when the staff has changed, so that turns read it anew (invariant I20). Saving agents, departments or members through
/// <see cref="FlowEngineContext"/> says so by itself; whoever changes them in another way calls <see cref="Invalidate"/>. On PostgreSQL a trigger says it to all nodes, and nobody reads this.
/// </summary>
public sealed class StaffBook
{
    private long version;

    /// <summary>Grows with each change.</summary>
    public long Version => Volatile.Read(ref version);

    public void Invalidate() => Interlocked.Increment(ref version);
}
