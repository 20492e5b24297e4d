using System.Buffers.Binary;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// The mailbox's runs within one turn: opened from its bytes when it is first needed, or begun; advanced by bursts, and written back once.
/// Rows of bookmarks are the difference between what was opened and what stands at the end.
/// </summary>
public sealed class TurnRun(InstanceRecord? stored, TurnTools tools, DateTimeOffset now)
{
    private readonly List<RunWrite> touched = [];

    /// <summary>All of them, whichever was opened or begun first: a turn may end one and begin the next.</summary>
    public IReadOnlyList<RunWrite> Touched => touched;

    /// <summary>The open run, or null when there is none or its definition cannot be found.</summary>
    public RunWrite? Open(Guid? instance)
    {
        if (instance is not { } id)
        {
            return null;
        }

        if (touched.Find(r => r.Id == id) is { } known)
        {
            return known;
        }

        if (stored is not { } record || record.Id != id || tools.Flows.FindVersion(record.VersionId) is not { } graph)
        {
            return null;
        }

        var opened = new RunWrite(graph, InstanceState.Read(record.State, graph), record);
        touched.Add(opened);
        return opened;
    }

    public RunWrite Start(WorkflowGraph graph, StartRequest request, RunEnvironment environment)
    {
        var result = Interpreter.Start(graph, request, environment);
        var begun = new RunWrite(graph, result.Instance, null);
        begun.Add(result, environment.Seed);
        touched.Add(begun);
        return begun;
    }

    /// <param name="children">Runs inline children.</param>
    /// <param name="answersHttp">Whether a caller waits for an HTTP response of this burst.</param>
    public RunEnvironment Environment(object? host, IChildRuns? children = null, bool answersHttp = false)
    {
        Span<byte> bytes = stackalloc byte[16];
        tools.Ids.Next().TryWriteBytes(bytes);
        var (seed, made) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), 0);
        return new RunEnvironment
        {
            Now = now, Seed = seed, Limits = tools.Options.Limits, Host = host, Children = children, AnswersHttp = answersHttp, NewId = () => Ids.RunOf(now, seed, made++),
        };
    }
}
