namespace FlowEngine.Engine.Tasks;

/// <summary>Bounds of the work outside of turns. Bound from <c>FlowEngine:Tasks</c>.</summary>
public sealed record TaskOptions
{
    /// <summary>Tasks that this process works on at the same time; more wait in the table.</summary>
    public int Parallel { get; init; } = 64;

    /// <summary>How long a task is this process's before it must have renewed it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest pause of the loop; a commit that adds a task ends it sooner.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a task may be taken before it is given up: a process may have died over it.</summary>
    public int Attempts { get; init; } = 3;
}
