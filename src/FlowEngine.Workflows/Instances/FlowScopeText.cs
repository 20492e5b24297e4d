using System.Text.Json;
using FlowEngine.Workflows.Flow;

namespace FlowEngine.Workflows.Instances;

/// <summary>
/// How far a flowchart has come. Counters are one array: start, visits of activities, visits of connections, negative when not followed last.
/// Tokens are an object: start, connections with waiting tokens, blocked connections.
/// </summary>
internal static class FlowScopeText
{
    public static void Write(Utf8JsonWriter writer, FlowScope scope)
    {
        if (scope is TokenScope tokens) WriteTokens(writer, tokens);
        else WriteCounters(writer, (CounterScope)scope);
    }

    public static FlowScope Read(JsonElement json, FlowGraph graph) => json.ValueKind == JsonValueKind.Object ? ReadTokens(json, graph) : ReadCounters(json, graph);

    private static void WriteCounters(Utf8JsonWriter writer, CounterScope scope)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(scope.Plan.Start);
        foreach (var visits in scope.ActivityVisits) writer.WriteNumberValue(visits);
        for (var i = 0; i < scope.ConnectionVisits.Length; i++)
        {
            writer.WriteNumberValue(scope.Followed[i] ? scope.ConnectionVisits[i] : -scope.ConnectionVisits[i]);
        }

        writer.WriteEndArray();
    }

    private static CounterScope ReadCounters(JsonElement json, FlowGraph graph)
    {
        var scope = new CounterScope(graph.PlanAt(json[0].GetInt32()));
        var activities = scope.ActivityVisits.Length;
        if (json.GetArrayLength() != 1 + activities + scope.ConnectionVisits.Length) throw new InvalidDataException("The stored flowchart is of another definition.");
        for (var i = 0; i < activities; i++) scope.ActivityVisits[i] = json[1 + i].GetInt32();
        for (var i = 0; i < scope.ConnectionVisits.Length; i++)
        {
            var visits = json[1 + activities + i].GetInt32();
            scope.ConnectionVisits[i] = Math.Abs(visits);
            scope.Followed[i] = visits > 0;
        }

        return scope;
    }

    private static void WriteTokens(Utf8JsonWriter writer, TokenScope scope)
    {
        writer.WriteStartObject();
        writer.WriteNumber("s", scope.Plan.Start);
        WriteNumbers(writer, "w", scope.Waiting);
        WriteNumbers(writer, "k", scope.Blocked.Order());
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static TokenScope ReadTokens(JsonElement json, FlowGraph graph)
    {
        var scope = new TokenScope(graph.PlanAt(json.GetProperty("s").GetInt32()));
        scope.Waiting.AddRange(json.GetProperty("w").EnumerateArray().Select(n => n.GetInt32()));
        scope.Blocked.UnionWith(json.GetProperty("k").EnumerateArray().Select(n => n.GetInt32()));
        var count = graph.Connections.Length;
        return scope.Waiting.Concat(scope.Blocked).All(c => c >= 0 && c < count) ? scope : throw new InvalidDataException("The stored flowchart is of another definition.");
    }
}
