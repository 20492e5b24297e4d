using System.Text.Json;
using FlowEngine.Workflows.Flow;

namespace FlowEngine.Workflows.Instances;

/// <summary>A flowchart's counters as one array: start, visits of activities, visits of connections, negative when not followed last.</summary>
internal static class FlowScopeText
{
    public static void Write(Utf8JsonWriter writer, FlowScope scope)
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

    public static FlowScope Read(JsonElement json, FlowGraph graph)
    {
        var scope = new FlowScope(graph.PlanAt(json[0].GetInt32()));
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
}
