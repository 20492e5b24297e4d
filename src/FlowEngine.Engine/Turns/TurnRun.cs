using System.Buffers.Binary;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// The mailbox's run within one turn: opened from its bytes when it is first needed, advanced by bursts, and written back once.
/// Rows of bookmarks are the difference between what was opened and what stands at the end.
/// </summary>
public sealed class TurnRun(InstanceRecord? stored, TurnTools tools, DateTimeOffset now)
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

        if (stored is not { } record || record.Id != id || tools.Flows.FindVersion(record.VersionId) is not { } graph)
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
