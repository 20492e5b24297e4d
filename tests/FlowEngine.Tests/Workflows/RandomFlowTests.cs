using System.Text.Json.Nodes;
using CsCheck;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>Flowcharts at random: lines, waits, decisions and joins, joined forwards and at times back.</summary>
public sealed class RandomFlowTests
{
    private static readonly string[] MergeModes = ["Stream", "Merge", "Converge", "Cascade", "Race"];

    private static readonly string[] JoinModes = ["WaitAny", "WaitAll", "WaitAllActive"];

    private static readonly Gen<int[]> Recipe = Gen.Int[0, 999].Array[6, 40];

    [Theory]
    [InlineData(FlowchartMode.Counter)]
    [InlineData(FlowchartMode.Token)]
    public void A_flow_is_never_stuck_it_ends_waits_or_has_an_incident(FlowchartMode mode)
    {
        Recipe.Sample(
            recipe =>
            {
                var graph = Graph(Flow(recipe));
                var run = Interpreter.Start(graph, new StartRequest(Guid.Empty, FlowchartMode: mode), Environment(0));
                for (var turn = 1; turn < 60 && run.Instance.Bookmarks.Count > 0 && run.Instance.Status == WorkflowStatus.Running; turn++)
                {
                    run = Interpreter.Resume(graph, run.Instance, run.Instance.Bookmarks[turn % run.Instance.Bookmarks.Count].Id, null, Environment(turn));
                }

                return run.Instance.Status == WorkflowStatus.Finished || run.Instance.Bookmarks.Count > 0;
            },
            iter: 300,
            threads: 1);
    }

    [Theory]
    [InlineData(FlowchartMode.Counter)]
    [InlineData(FlowchartMode.Token)]
    public void A_run_cut_at_each_wait_and_read_back_does_the_same_as_one_kept_in_memory(FlowchartMode mode)
    {
        Recipe.Sample(
            recipe =>
            {
                var graph = Graph(Flow(recipe));
                return Trace(graph, mode, i => i).SequenceEqual(Trace(graph, mode, i => InstanceState.Read(InstanceState.Write(i), graph)));
            },
            iter: 200,
            threads: 1);
    }

    private static List<string> Trace(WorkflowGraph graph, FlowchartMode mode, Func<WorkflowInstance, WorkflowInstance> between)
    {
        var run = Interpreter.Start(graph, new StartRequest(Guid.Empty, FlowchartMode: mode), Environment(0));
        var trace = new List<string>();
        for (var turn = 1; turn < 40; turn++)
        {
            trace.AddRange(run.Journal.Select(j => $"{j.Sequence} {j.ActivityInstanceId} {j.ActivityId}:{j.EventName}"));
            trace.Add(Convert.ToHexString(InstanceState.Write(run.Instance)));
            if (run.Instance.Bookmarks.Count == 0 || run.Instance.Status == WorkflowStatus.Finished) break;
            var instance = between(run.Instance);
            run = Interpreter.Resume(graph, instance, instance.Bookmarks[turn % instance.Bookmarks.Count].Id, null, Environment(turn));
        }

        return trace;
    }

    /// <summary>Each number makes a node and its connections from earlier ones; some lead back.</summary>
    private static JsonObject Flow(int[] recipe)
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

    private static RunEnvironment Environment(int turn) =>
        new() { Now = DateTimeOffset.UnixEpoch.AddMinutes(turn), Seed = (ulong)turn, Limits = Limits.Default with { Steps = 300 } };
}
