using CsCheck;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>Flowcharts at random: lines, waits, decisions and joins, joined forwards and at times back.</summary>
public sealed class RandomFlowTests
{
    [Theory]
    [InlineData(FlowchartMode.Counter)]
    [InlineData(FlowchartMode.Token)]
    public void A_flow_is_never_stuck_it_ends_waits_or_has_an_incident(FlowchartMode mode)
    {
        RandomFlow.Recipe.Sample(
            recipe =>
            {
                var graph = Graph(RandomFlow.Of(recipe));
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
        RandomFlow.Recipe.Sample(
            recipe =>
            {
                var graph = Graph(RandomFlow.Of(recipe));
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

    private static RunEnvironment Environment(int turn) =>
        new() { Now = DateTimeOffset.UnixEpoch.AddMinutes(turn), Seed = (ulong)turn, Limits = Limits.Default with { Steps = 300 } };
}
