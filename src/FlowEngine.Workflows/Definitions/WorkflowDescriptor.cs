using System.Text.Json;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Workflows.Definitions;

/// <summary>A workflow as the activity that it may be used as: its inputs, outputs and outcomes.</summary>
public static class WorkflowDescriptor
{
    /// <param name="utf8Json">The definition's JSON.</param>
    public static ActivityDescriptor Of(ReadOnlyMemory<byte> utf8Json)
    {
        using var document = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = 512 });
        return CompositeReader.Describe(document.RootElement.Clone());
    }
}
