using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;
using Jint.Native;
using Jint.Runtime;

namespace FlowEngine.Workflows.Expressions;

/// <summary>
/// <c>getX()</c> and <c>setX(value)</c> for variables (X in Pascal case), <c>getx()</c> for workflow inputs, and
/// <c>getOutputFromActivity()</c>. What a name means is found when it is called; one that means nothing is not defined, as in Elsa.
/// </summary>
internal static class ScriptAccessors
{
    public static ScriptFunction? Find(string name)
    {
        if (name.Length <= 3) return null;
        var rest = name[3..];
        if (name.StartsWith("get", StringComparison.Ordinal))
        {
            return (host, _) => TryRead(host, rest, out var value) ? ScriptFunctions.To(host, value) : throw Undefined(host, name);
        }

        if (!name.StartsWith("set", StringComparison.Ordinal)) return null;
        return (host, arguments) =>
        {
            host.Scope.SetVariable(VariableOf(host.Scope, rest) ?? throw Undefined(host, name), ScriptFunctions.Plain(arguments, 0));
            return JsValue.Undefined;
        };
    }

    private static JavaScriptException Undefined(ScriptHost host, string name) => new(host.Engine.Construct("ReferenceError", new JsString($"{name} is not defined")));

    private static bool TryRead(ScriptHost host, string rest, out object? value)
    {
        var scope = host.Scope;
        if (VariableOf(scope, rest) is { } variable) return scope.TryGetVariable(variable, out value);
        if (scope.TryGetWorkflowInput(InputOf(scope, rest) ?? rest, out value)) return true;
        return InputOf(scope, rest) is not null || TryReadOutput(host, rest, out value);
    }

    /// <summary>A declared input, which need not have been given: by its very name, in a workflow used as an activity in Pascal case too.</summary>
    private static string? InputOf(Execution scope, string rest) => scope.Composite is { } composite
        ? composite.Node.Shape.Inputs.Select(i => i.Name).FirstOrDefault(name => name == rest || PascalCase.Of(name) == rest)
        : scope.Burst.Graph.Inputs.ContainsKey(rest) ? rest : null;

    /// <summary>The output of an activity that may not have run yet.</summary>
    private static bool TryReadOutput(ScriptHost host, string rest, out object? value)
    {
        value = null;
        for (var from = rest.IndexOf("From", StringComparison.Ordinal); from > 0; from = rest.IndexOf("From", from + 1, StringComparison.Ordinal))
        {
            var (output, activity) = (rest[..from], rest[(from + 4)..]);
            var found = false;
            foreach (var node in host.Burst.Graph.Nodes.Values.Where(n => Means(n, activity, output)))
            {
                found = true;
                value ??= host.Burst.Outputs.Find(host.Scope, node.Id, output);
            }

            if (found) return true;
        }

        return false;
    }

    private static bool Means(ActivityNode node, string activity, string output) => (PascalCase.Of(node.Id) == activity || (node.Name is { } name && PascalCase.Of(name) == activity)) && node.Shape.OutputIndex(output) >= 0;

    private static string? VariableOf(Execution scope, string pascal) =>
        scope.VisibleVariables().FirstOrDefault(name => name == pascal || PascalCase.Of(name) == pascal);
}
