using System.Globalization;
using CsCheck;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Tests.Workflows;
using FlowEngine.Workflows.Instances;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Turns;

/// <summary>Random flowcharts over the whole engine: a process that dies in the middle of bursts, again and again, changes nothing.</summary>
public sealed class CutBurstTests
{
    [Fact]
    public void A_burst_that_is_cut_before_its_commit_is_done_again_from_storage_with_the_same_result()
    {
        RandomFlow.Recipe.Sample(
            recipe =>
            {
                var flow = Definition(RandomFlow.Of(recipe)).ToJsonString();
                return Play(flow, 0).GetAwaiter().GetResult() == Play(flow, recipe[0] % 4 + 2).GetAwaiter().GetResult();
            },
            iter: 60,
            threads: 1);
    }

    /// <param name="cut">Every how many steps the process dies after it has decided a turn and before it has committed it; 0 is never.</param>
    private static async Task<string> Play(string flow, int cut)
    {
        var engine = new TestEngine(definitions: flow);
        var run = await engine.Begin(new RunStarted("flow"));
        var steps = 0;
        for (var turn = 0; turn < 40; turn++)
        {
            do
            {
                if (cut > 0 && ++steps % cut == 0)
                {
                    await Cut(engine, run);
                }
            }
            while (await engine.Turn());

            var instance = InstanceOf(engine, (await engine.Store.FindInstance(run, default))!);
            if (instance.Status == WorkflowStatus.Finished || instance.Bookmarks.Count == 0)
            {
                return State(instance);
            }

            await engine.Happens(instance.Bookmarks[turn % instance.Bookmarks.Count].Payload!["EventName"]!.ToString());
        }

        return State(InstanceOf(engine, (await engine.Store.FindInstance(run, default))!));
    }

    /// <summary>The whole burst runs, and nothing of it is stored.</summary>
    private static async Task Cut(TestEngine engine, Guid run)
    {
        if (await engine.Store.LoadRun(run, engine.Clock.GetUtcNow(), default) is { } load)
        {
            RunTurn.Decide(load, engine.Tools, engine.Clock.GetUtcNow()).ToCheckpoint();
        }

        await engine.Crash();
    }

    private static WorkflowInstance InstanceOf(TestEngine engine, InstanceRecord record) => InstanceState.Read(record.State, engine.Library.FindVersion(record.VersionId)!);

    /// <summary>All but the run's own id and the times, which differ between two runs of the same flow.</summary>
    private static string State(WorkflowInstance instance) => string.Create(
        CultureInfo.InvariantCulture,
        $"{instance.Status}/{instance.SubStatus} {string.Join(',', instance.Bookmarks.Select(b => b.ActivityId).Order())} {string.Join(',', instance.Incidents.Select(i => i.ActivityId + ':' + i.Code))}");
}
