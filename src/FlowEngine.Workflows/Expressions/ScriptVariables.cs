using Jint;
using Jint.Native;

namespace FlowEngine.Workflows.Expressions;

/// <summary>
/// The <c>variables</c> object of one script: copies of the variables it mentions, written back afterwards when it could
/// have changed them. Names that are workflow inputs are not written, as in Elsa.
/// </summary>
internal sealed class ScriptVariables
{
    private readonly ScriptHost host;
    private readonly bool isWritten;
    private readonly JsObject holder;
    private readonly Dictionary<string, JsValue> before = new(StringComparer.Ordinal);

    private ScriptVariables(ScriptHost host, PreparedCode code)
    {
        this.host = host;
        isWritten = code.MayChangeVariables;
        foreach (var name in code.NeedsAllVariables ? host.Scope.VisibleVariables() : code.Variables)
        {
            if (!before.ContainsKey(name) && host.Scope.TryGetVariable(name, out var value)) before[name] = ScriptValue.ToScript(host.Engine, value);
        }

        holder = JsObject.CreateFromEntries(host.Engine, before);
    }

    public static ScriptVariables? Put(ScriptHost host, PreparedCode code)
    {
        if (code.Variables.Count == 0 && !code.NeedsAllVariables) return null;
        var variables = new ScriptVariables(host, code);
        host.Engine.SetValue("variables", variables.holder);
        return variables;
    }

    public void WriteBack()
    {
        if (!isWritten) return;
        foreach (var (key, property) in holder.GetOwnProperties())
        {
            if (!key.IsString()) continue;
            var name = key.AsString();
            var value = property.Value;
            if (host.Scope.TryGetWorkflowInput(name, out _) || IsSame(name, value)) continue;
            host.Scope.SetVariable(name, ScriptValue.ToPlain(value));
        }
    }

    /// <summary>A primitive that is still the same needs no writing; an object may have changed inside.</summary>
    private bool IsSame(string name, JsValue value) => before.TryGetValue(name, out var old) && old is not JsObject and not JsArray && old.Equals(value);
}
