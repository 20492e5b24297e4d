using System.Text.Json;

namespace FlowEngine.Tests.Workflows.Conformance;

internal static class Payloads
{
    public static object? Value(JsonElement step, string name) =>
        step.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static Dictionary<string, object?>? Map(JsonElement step, string name) =>
        step.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value)
            : null;
}
