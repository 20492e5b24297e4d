using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Engine.Flows;

/// <summary>
/// What becomes of a conversation whose flow has ended: the definition's custom property <c>FlowEngine:OnComplete</c>
/// (finalize, queue, nobody); by default people get a lead who wrote.
/// </summary>
public static class Dispositions
{
    public static Disposition Of(WorkflowGraph graph) =>
        graph.CustomProperties.TryGetValue("FlowEngine:OnComplete", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!.ToUpperInvariant() switch
            {
                "FINALIZE" => Disposition.Finalize,
                "QUEUE" => Disposition.Queue,
                "NOBODY" => Disposition.Nobody,
                _ => Disposition.Default,
            }
            : Disposition.Default;
}
