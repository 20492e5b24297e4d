using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>One run as a store holds it: bytes, and the journal of all its bursts.</summary>
internal sealed class StoredRun(WorkflowGraph graph, string? alias)
{
    private byte[] bytes = [];

    public WorkflowGraph Graph => graph;

    public string? Alias => alias;

    public List<JournalEntry> Journal { get; } = [];

    public WorkflowInstance Instance { get; private set; } = null!;

    public bool HasBegun => bytes.Length > 0;

    public bool IsRunning => Instance.Status == WorkflowStatus.Running;

    public string Status => $"{Instance.Status}/{Instance.SubStatus}";

    public WorkflowInstance Load() => InstanceState.Read(bytes, graph);

    public void Advance(RunResult result, List<string> lines)
    {
        Journal.AddRange(result.Journal);
        lines.AddRange(result.ConsoleLines);
        bytes = InstanceState.Write(result.Instance);
        Instance = Load();
    }
}
