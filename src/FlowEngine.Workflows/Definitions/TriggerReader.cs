using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Triggers;

namespace FlowEngine.Workflows.Definitions;

/// <summary>Which nodes start a run, and with what inputs; an input that needs a run to be known is left out.</summary>
internal static class TriggerReader
{
    public static IReadOnlyList<Trigger> Read(IEnumerable<ActivityNode> nodes) =>
        [.. nodes.Where(n => n.CanStart && n.Composite is null && n.Shape.Descriptor.Kind == ActivityKind.Trigger).Select(Read)];

    /// <summary>Every node that listens for HTTP requests, also those in the middle of a flow.</summary>
    public static IReadOnlyList<HttpRoute> Endpoints(IEnumerable<ActivityNode> nodes) =>
        [.. nodes.Where(n => n.TypeName == HttpEndpoint.TypeName).Select(n => HttpRoute.Of(Read(n), n.Json, n.CanStart && n.Composite is null)).OfType<HttpRoute>()];

    private static Trigger Read(ActivityNode node)
    {
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i] is null) inputs[node.Shape.Inputs[i].Name] = node.Shape.Defaults[i];
            else if (node.Inputs[i] is Constant { IsValid: true } constant) inputs[node.Shape.Inputs[i].Name] = constant.Evaluate(null!);
        }

        return new Trigger(node.Id, node.TypeName, inputs);
    }
}
