using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Workflows.Instances;

/// <summary>An instance as bytes: a version byte, then JSON by generated code (decision 5).</summary>
public static class InstanceState
{
    public static byte[] Write(WorkflowInstance instance) => throw new NotImplementedException();

    public static WorkflowInstance Read(ReadOnlyMemory<byte> bytes, WorkflowGraph graph) => throw new NotImplementedException();
}
