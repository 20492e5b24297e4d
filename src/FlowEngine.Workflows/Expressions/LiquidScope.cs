using DotLiquid;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Expressions;

/// <summary>What a template reads: Variables, Input, the run's ids and the host's values. Looked up when asked for.</summary>
internal static class LiquidScope
{
    public const string NowRegister = "now";

    public static Context Create(Execution scope, Limits limits, CancellationToken deadline)
    {
        var roots = new Hash((_, name) => Root(scope, name));
        var registers = new Hash { [NowRegister] = scope.Now };
        var context = new Context(
            [roots],
            new Hash(),
            registers,
            ErrorsOutputMode.Display,
            limits.LiquidIterations,
            System.Globalization.CultureInfo.InvariantCulture,
            deadline);
        context.AddFilters(LiquidFilters.Types);
        return context;
    }

    private static object? Root(Execution scope, string name) => name switch
    {
        "Variables" => new Lookup(key => scope.GetVariable(key)),
        "Input" => new Lookup(key => Input(scope, key)),
        "CorrelationId" => scope.Instance.CorrelationId,
        "WorkflowDefinitionId" => scope.Instance.DefinitionId,
        "WorkflowDefinitionVersionId" => scope.Instance.DefinitionVersionId,
        "WorkflowDefinitionVersion" => (long)scope.Instance.Version,
        "WorkflowInstanceId" => scope.InstanceId.ToString(),
        _ => Host(scope, name),
    };

    /// <summary>The activity's own input first, then the workflow's.</summary>
    private static object? Input(Execution scope, string key) =>
        scope.InputValues is { } own && own.TryGetValue(key, out var value) && value is not null ? value : scope.WorkflowInput(key);

    private static object? Host(Execution scope, string name)
    {
        if (scope.Host is not IExpressionScope host || name.Length == 0) return null;
        if (!host.Values.TryGetValue(name, out var value)) host.Values.TryGetValue(char.ToLowerInvariant(name[0]) + name[1..], out value);
        return PlainValue.From(value);
    }

    private sealed class Lookup(Func<string, object?> find) : IIndexable, ILiquidizable
    {
        public object? this[object key] => find(key.ToString() ?? "");

        public bool ContainsKey(object key) => true;

        public object ToLiquid() => this;
    }
}
