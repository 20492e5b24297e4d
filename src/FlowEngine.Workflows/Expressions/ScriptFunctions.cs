using System.Text;
using FlowEngine.Workflows.Values;
using Jint.Native;

namespace FlowEngine.Workflows.Expressions;

internal delegate JsValue ScriptFunction(ScriptHost host, JsValue[] arguments);

/// <summary>The functions that Elsa's scripts know (workflow-format, section 6).</summary>
internal static class ScriptFunctions
{
    private static readonly Dictionary<string, ScriptFunction> Known = new(StringComparer.Ordinal)
    {
        ["getVariable"] = (host, a) => To(host, host.Scope.GetVariable(Text(a, 0))),
        ["setVariable"] = SetVariable,
        ["getInput"] = (host, a) => To(host, host.Scope.WorkflowInput(Text(a, 0))),
        ["getOutputFrom"] = (host, a) => To(host, OutputFrom(host, Text(a, 0), ValueText.Of(Plain(a, 1)))),
        ["getLastResult"] = (host, _) => To(host, host.Burst.Outputs.LastResult),
        ["getWorkflowDefinitionId"] = (host, _) => To(host, host.Scope.Instance.DefinitionId),
        ["getWorkflowDefinitionVersionId"] = (host, _) => To(host, host.Scope.Instance.DefinitionVersionId),
        ["getWorkflowDefinitionVersion"] = (host, _) => To(host, (long)host.Scope.Instance.Version),
        ["getWorkflowInstanceId"] = (host, _) => To(host, host.Scope.InstanceId.ToString()),
        ["getCorrelationId"] = (host, _) => To(host, host.Scope.Instance.CorrelationId),
        ["setCorrelationId"] = (host, a) => Done(() => host.Scope.Instance.CorrelationId = Text(a, 0)),
        ["getWorkflowInstanceName"] = (host, _) => To(host, host.Scope.Instance.Name),
        ["setWorkflowInstanceName"] = (host, a) => Done(() => host.Scope.Instance.Name = Text(a, 0)),
        ["setOutcome"] = (host, a) => Done(() => host.Outcomes = [Text(a, 0)]),
        ["setOutcomes"] = (host, a) => Done(() => host.Outcomes = ClrValue.To<List<string>>(Plain(a, 0))),
        ["isNullOrEmpty"] = (host, a) => To(host, string.IsNullOrEmpty(ValueText.Of(Plain(a, 0)))),
        ["isNullOrWhiteSpace"] = (host, a) => To(host, string.IsNullOrWhiteSpace(ValueText.Of(Plain(a, 0)))),
        ["toJson"] = (host, a) => To(host, JsonText.Escaped(Plain(a, 0))),
        ["parseGuid"] = (host, a) => To(host, Guid.TryParse(Text(a, 0), out var id) ? id.ToString() : throw new ScriptFailure($"'{Text(a, 0)}' is not a GUID.")),
        ["newGuid"] = (host, _) => To(host, host.Burst.Random.NextGuid().ToString()),
        ["newGuidString"] = (host, _) => To(host, host.Burst.Random.NextGuid().ToString()),
        ["getGuidString"] = (host, _) => To(host, host.Burst.Random.NextGuid().ToString()),
        ["newShortGuid"] = ShortGuid,
        ["getShortGuid"] = ShortGuid,
        ["bytesToString"] = (host, a) => To(host, Encoding.UTF8.GetString(Bytes(a))),
        ["bytesFromString"] = (host, a) => To(host, Encoding.UTF8.GetBytes(Text(a, 0)).Select(b => (object?)(long)b).ToList()),
        ["bytesToBase64"] = (host, a) => To(host, Convert.ToBase64String(Bytes(a))),
        ["bytesFromBase64"] = (host, a) => To(host, Convert.FromBase64String(Text(a, 0)).Select(b => (object?)(long)b).ToList()),
        ["stringToBase64"] = (host, a) => To(host, Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(a, 0)))),
        ["stringFromBase64"] = (host, a) => To(host, Encoding.UTF8.GetString(Convert.FromBase64String(Text(a, 0)))),
    };

    /// <summary>A known function, or an accessor when the name looks like one; null leaves the name to JavaScript.</summary>
    public static ScriptFunction? Find(string name) => Known.GetValueOrDefault(name) ?? ScriptAccessors.Find(name);

    internal static JsValue To(ScriptHost host, object? value) => ScriptValue.ToScript(host.Engine, value);

    internal static object? Plain(JsValue[] arguments, int index) => index < arguments.Length ? ScriptValue.ToPlain(arguments[index]) : null;

    private static string Text(JsValue[] arguments, int index) => ValueText.Of(Plain(arguments, index)) ?? "";

    private static byte[] Bytes(JsValue[] arguments) => Plain(arguments, 0) is List<object?> list ? [.. list.Select(b => ClrValue.To<byte>(b))] : [];

    private static JsValue SetVariable(ScriptHost host, JsValue[] arguments) =>
        Done(() => host.Scope.SetVariable(Text(arguments, 0), Plain(arguments, 1)));

    private static object? OutputFrom(ScriptHost host, string activity, string? output) => host.Burst.Graph.Nodes.Values.Any(n => n.Id == activity || n.Name == activity)
        ? host.Burst.Outputs.Find(host.Scope, activity, output)
        : throw new ScriptFailure("Activity not found.");

    private static JsValue ShortGuid(ScriptHost host, JsValue[] arguments) =>
        To(host, Convert.ToBase64String(host.Burst.Random.NextGuid().ToByteArray()).Replace("=", "").Replace("+", "").Replace("/", ""));

    private static JsValue Done(Action action)
    {
        action();
        return JsValue.Undefined;
    }
}
