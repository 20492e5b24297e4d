using System.Text.Json.Nodes;
using CsCheck;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>Flowcharts at random: lines, waits, decisions and joins, joined forwards and at times back.</summary>
internal static class RandomFlow
{
    public static readonly Gen<int[]> Recipe = Gen.Int[0, 999].Array[6, 40];

    private static readonly string[] MergeModes = ["Stream", "Merge", "Converge", "Cascade", "Race"];

    private static readonly string[] JoinModes = ["WaitAny", "WaitAll", "WaitAllActive"];

    /// <summary>Each number makes a node and its connections from earlier ones; some lead back.</summary>
    public static JsonObject Of(int[] recipe)
    {
        var activities = new List<JsonObject> { Line("n0") };
        var connections = new List<string>();
        for (var i = 1; i < recipe.Length; i++)
        {
            activities.Add(Node($"n{i}", recipe[i]));
            connections.Add(From(activities, recipe[i] / 10 % i, recipe[i]) + $"-n{i}");
            if (recipe[i] % 3 == 0) connections.Add(From(activities, recipe[i] / 7 % i, recipe[i] / 2) + $"-n{i}");
            if (recipe[i] % 11 == 0) connections.Add(From(activities, i, recipe[i]) + $"-n{recipe[i] / 5 % i}");
        }

        return Flowchart("f", [.. activities], [.. connections]);
    }

    private static JsonObject Node(string id, int number) => (number % 8) switch
    {
        0 or 1 => Event(id),
        2 => Activity("Elsa.FlowJoin", id).With("mode", Literal(JoinModes[number / 8 % 3])),
        3 => Activity("Elsa.FlowDecision", id).With("condition", Literal(number / 8 % 2 == 0)),
        4 => Fork(id, number / 8 % 2 == 0 ? "WaitAny" : "WaitAll", Event($"{id}a"), Sequence($"{id}s", Line($"{id}l"), Event($"{id}b"))),
        _ => Line(id).With("customProperties", new JsonObject { ["mergeMode"] = MergeModes[number / 8 % 5] }),
    };

    private static string From(List<JsonObject> activities, int index, int number)
    {
        var isDecision = activities[index]["type"]!.GetValue<string>() == "Elsa.FlowDecision";
        return isDecision ? $"n{index}:{(number % 2 == 0 ? "True" : "False")}" : $"n{index}";
    }
}
