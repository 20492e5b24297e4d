using FlowEngine.Workflows.Interpreter;
using Jint.Native;

namespace FlowEngine.Workflows.Expressions;

/// <summary>
/// <c>getX()</c> and <c>setX(value)</c> for variables (X in Pascal case), <c>getx()</c> for workflow inputs, and
/// <c>getOutputFromActivity()</c>. What a name means is found when it is called.
/// </summary>
internal static class ScriptAccessors
{
    public static ScriptFunction? Find(string name)
    {
        if (name.Length <= 3) return null;
        var rest = name[3..];
        if (name.StartsWith("get", StringComparison.Ordinal)) return (host, _) => ScriptFunctions.To(host, Read(host, rest));
        if (!name.StartsWith("set", StringComparison.Ordinal)) return null;
        return (host, arguments) =>
        {
            host.Scope.SetVariable(VariableOf(host.Scope, rest) ?? rest, ScriptFunctions.Plain(arguments, 0));
            return JsValue.Undefined;
        };
    }

    private static object? Read(ScriptHost host, string rest)
    {
        if (VariableOf(host.Scope, rest) is { } variable) return host.Scope.GetVariable(variable);
        if (host.Scope.TryGetWorkflowInput(rest, out var input)) return input;
        var from = rest.IndexOf("From", StringComparison.Ordinal);
        while (from > 0)
        {
            if (host.Burst.Outputs.Find(host.Scope, rest[(from + 4)..], rest[..from]) is { } output) return output;
            from = rest.IndexOf("From", from + 1, StringComparison.Ordinal);
        }

        return null;
    }

    private static string? VariableOf(Execution scope, string pascal) =>
        scope.VisibleVariables().FirstOrDefault(name => name == pascal || Pascal(name) == pascal);

    internal static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
