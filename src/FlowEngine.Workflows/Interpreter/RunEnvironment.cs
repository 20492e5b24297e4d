using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>
/// What comes from outside into one burst: the clock's reading and the seed (stored with the turn, so that it can be replayed,
/// decision 15), the limits, and the host that conversation activities talk to.
/// </summary>
public sealed record RunEnvironment
{
    public required DateTimeOffset Now { get; init; }

    public required ulong Seed { get; init; }

    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>For new runs whose definition names none. Counter is Elsa's own default.</summary>
    public FlowchartMode FlowchartMode { get; init; }

    /// <summary>Runs inline children; null where other workflows cannot be run.</summary>
    public IChildRuns? Children { get; init; }

    /// <summary>Ids of children and tasks; null makes them of the seed.</summary>
    public Func<Guid>? NewId { get; init; }

    /// <summary>Whether an HTTP request waits for the answer of this burst.</summary>
    public bool AnswersHttp { get; init; }

    /// <summary>The engine's scope for conversation activities; null when a run has no conversation.</summary>
    public object? Host { get; init; }
}

/// <summary>Bounds of one burst. Reaching one is an incident that names it.</summary>
public sealed record Limits
{
    public static readonly Limits Default = new();

    /// <summary>Activities executed in one burst.</summary>
    public int Steps { get; init; } = 2_000;

    /// <summary>Statements of one script: the deterministic limit; the next two are backstops.</summary>
    public int ScriptStatements { get; init; } = 100_000;

    public TimeSpan ScriptTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Bytes that one script may allocate.</summary>
    public long ScriptMemory { get; init; } = 16 * 1024 * 1024;

    public int ScriptRecursion { get; init; } = 64;

    public TimeSpan RegexTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Iterations of one Liquid template and characters of its result.</summary>
    public int LiquidIterations { get; init; } = 10_000;

    public int TextLength { get; init; } = 100_000;

    /// <summary>Depth of nested activities.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>Children, branches or rounds that one activity may set going at once.</summary>
    public int FanOut { get; init; } = 1_000;

    /// <summary>How deep workflows may start workflows.</summary>
    public int ChildDepth { get; init; } = 16;

    /// <summary>Bytes of a file that answers a request.</summary>
    public int FileSize { get; init; } = 1024 * 1024;

    /// <summary>Bytes of the stored state.</summary>
    public int StateSize { get; init; } = 1024 * 1024;
}
