using System.Text.Json;

namespace FlowEngine.Workflows.Definitions;

/// <summary>How flowcharts count what has happened in them (execution-semantics, section 2). Stored by number.</summary>
public enum FlowchartMode { Counter = 0, Token = 1 }

internal static class FlowchartModes
{
    /// <summary>The definition's custom property <c>Flowchart:ExecutionMode</c> (TokenBased, CounterBased); null leaves it to the engine's option.</summary>
    public static FlowchartMode? Of(IReadOnlyDictionary<string, JsonElement> customProperties) =>
        customProperties.TryGetValue("Flowchart:ExecutionMode", out var value) && value.ValueKind == JsonValueKind.String ? Read(value.GetString()!) : null;

    private static FlowchartMode? Read(string text) => text.ToUpperInvariant() switch
    {
        "TOKENBASED" or "TOKEN" => FlowchartMode.Token,
        "COUNTERBASED" or "COUNTER" => FlowchartMode.Counter,
        _ => null,
    };
}
