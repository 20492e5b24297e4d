using System.Buffers.Binary;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// The conversation's run within one turn: opened from its bytes when it is first needed, advanced by bursts, and written back once.
/// Rows of bookmarks are the difference between what was opened and what stands at the end.
/// </summary>
public sealed class TurnRun(TurnLoad load, TurnTools tools, DateTimeOffset now)
{
    private readonly List<RunWrite> ended = [];
    private RunWrite? current;

    public IEnumerable<RunWrite> Touched => current is null ? ended : ended.Append(current);

    /// <summary>The open run, or null when there is none or its definition cannot be found.</summary>
    public RunWrite? Open(Guid? instance)
    {
        if (instance is not { } id)
        {
            return null;
        }

        if (Touched.FirstOrDefault(r => r.Id == id) is { } known)
        {
            return known;
        }

        if (load.Instance is not { } record || record.Id != id || tools.Flows.FindVersion(record.VersionId) is not { } graph)
        {
            return null;
        }

        return current = new RunWrite(graph, InstanceState.Read(record.State, graph), record);
    }

    public RunWrite Start(WorkflowGraph graph, StartRequest request, RunEnvironment environment)
    {
        if (current is not null)
        {
            ended.Add(current);
        }

        var result = Interpreter.Start(graph, request, environment);
        current = new RunWrite(graph, result.Instance, null);
        current.Add(result, environment.Seed);
        return current;
    }

    public RunEnvironment Environment(object? host)
    {
        Span<byte> seed = stackalloc byte[16];
        tools.Ids.Next().TryWriteBytes(seed);
        return new RunEnvironment { Now = now, Seed = BinaryPrimitives.ReadUInt64LittleEndian(seed[8..]), Host = host };
    }
}

/// <summary>One run that a turn touched: its graph, its state now, how it was stored before, and what its bursts did.</summary>
public sealed class RunWrite(WorkflowGraph graph, WorkflowInstance instance, InstanceRecord? stored)
{
    private readonly List<(RunResult Result, ulong Seed)> bursts = [];

    public Guid Id => instance.Id;

    public WorkflowGraph Graph => graph;

    public WorkflowInstance Instance => instance;

    public InstanceRecord? Stored => stored;

    /// <summary>Bookmarks that have rows, by id: a run that is over has none, though its state may hold some for a retry.</summary>
    public IReadOnlyDictionary<string, Bookmark> BookmarksBefore { get; } =
        stored is null || instance.Status == WorkflowStatus.Finished ? new Dictionary<string, Bookmark>() : instance.Bookmarks.ToDictionary(b => b.Id, StringComparer.Ordinal);

    public IReadOnlyList<(RunResult Result, ulong Seed)> Bursts => bursts;

    public bool IsOver => instance.Status == WorkflowStatus.Finished;

    public string DisplayName => graph.Name ?? graph.DefinitionId;

    public void Add(RunResult result, ulong seed) => bursts.Add((result, seed));

    public Bookmark? WaitingFor(string name) => instance.Bookmarks.Find(b => b.Name == name);
}
