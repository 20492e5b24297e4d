using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Activities.Scheduling;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Triggers;

namespace FlowEngine.Workflows.Definitions;

/// <summary>
/// Which nodes start a run, and with what inputs. There is no run yet: an expression sees the defaults of the variables, and a clock that stands at
/// the making of the version, so that every node and every start of a server reads the same. One that fails keeps the definition from being published.
/// </summary>
/// <param name="at">What the time is for expressions.</param>
internal sealed class TriggerReader(WorkflowGraph graph, DefinitionBuilder builder, DateTimeOffset at)
{
    /// <summary>Without these a trigger starts nothing.</summary>
    private static readonly string[] Needed = ["EventName", "Path", "CronExpression", "Interval", "DateTime"];

    public IReadOnlyList<Trigger> Read() =>
        [.. graph.Nodes.Values.Where(n => Starts(n) && n.Shape.Descriptor.Kind == ActivityKind.Trigger).Select(Read)];

    /// <summary>Every node that listens for HTTP requests, also those in the middle of a flow, which do so at a path that is known without their run.</summary>
    public IReadOnlyList<HttpRoute> Endpoints() =>
        [.. graph.Nodes.Values.Where(n => n.TypeName == HttpEndpoint.TypeName).Select(n => HttpRoute.Of(Read(n), n.Json, Starts(n))).OfType<HttpRoute>()];

    private static bool Starts(ActivityNode node) => node.CanStart && node.Composite is null;

    private Trigger Read(ActivityNode node)
    {
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < node.Inputs.Length; i++)
        {
            var name = node.Shape.Inputs[i].Name;
            if (node.Inputs[i] is not { } expression) inputs[name] = node.Shape.Defaults[i];
            else if (expression is Constant { IsValid: true } constant) inputs[name] = constant.Evaluate(null!);
            else if (Starts(node)) inputs[name] = Evaluate(node, expression, name) ?? node.Shape.Defaults[i];
        }

        return new Trigger(node.Id, node.TypeName, inputs);
    }

    private object? Evaluate(ActivityNode node, Expression expression, string input)
    {
        try
        {
            var value = expression.Evaluate(Outside(node));
            if ((value is null or "") && Needed.Contains(input)) return Unfit(node, input, "triggerEmpty");
            return node.TypeName == "Elsa.Cron" && !CronSchedule.TryParse(value as string, out _, out var wrong) ? Unfit(node, input, "triggerUnknown", CronSchedule.Sentence(value as string, wrong)) : value;
        }
        catch (Exception cause)
        {
            return Unfit(node, input, "triggerUnknown", cause.Message);
        }
    }

    private object? Unfit(ActivityNode node, string input, string code, params string[] why)
    {
        var finding = new DefinitionError($"{node.NodeId}.{input}", code, [node.DisplayName, input, .. why]);
        if (!builder.Unfit.Exists(u => u.Path == finding.Path)) builder.Unfit.Add(finding);
        return null;
    }

    /// <summary>An execution of the node in a run that never begins.</summary>
    private Execution Outside(ActivityNode node)
    {
        var instance = new WorkflowInstance { Id = Guid.Empty, DefinitionId = graph.DefinitionId, DefinitionVersionId = graph.VersionId, Version = graph.Version };
        instance.Burst = new Burst(graph, instance, new RunEnvironment { Now = at, Seed = 0 });
        return At(node, instance);
    }

    private static Execution At(ActivityNode node, WorkflowInstance instance)
    {
        var execution = new Execution(instance, node, node.Parent is { } parent ? At(parent, instance) : null, instance.NextExecution());
        if (node.Parent is null) instance.Root = execution;
        return execution;
    }
}
