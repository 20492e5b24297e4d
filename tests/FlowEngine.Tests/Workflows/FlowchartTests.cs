using System.Text.Json.Nodes;
using FlowEngine.Workflows.Instances;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

public sealed class FlowchartTests
{
    [Fact]
    public void What_follows_a_wait_any_join_runs_once_when_the_other_branch_waits()
    {
        var flow = Flowchart("f", [Line("start"), Line("quick"), Event("slow"), Join("join", "WaitAny"), Line("after")], "start-slow", "start-quick", "quick-join", "slow-join", "join-after");

        var acting = Acting.Of(flow);

        acting.Lines.Should().Equal("start", "quick", "after");
        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
        acting.Journal.Should().Contain("slow:Canceled");
    }

    [Fact]
    public void A_wait_all_join_waits_for_both_events_whatever_their_order()
    {
        var flow = Flowchart("f", [Line("s"), Event("e1"), Event("e2"), Join("join", "WaitAll"), Line("after")], "s-e1", "s-e2", "e1-join", "e2-join", "join-after");

        var acting = Acting.Of(flow).Send("e2");
        acting.WaitingAt.Should().Equal("e1");

        acting.Send("e1");
        acting.Lines.Should().EndWith("after");
    }

    [Fact]
    public void End_finishes_the_flowchart_while_another_branch_waits()
    {
        var flow = Flowchart("f", [Line("s"), Event("e"), Line("a"), Activity("Elsa.End", "end")], "s-e", "s-a", "a-end");

        var acting = Acting.Of(flow);

        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
        acting.Instance.Bookmarks.Should().BeEmpty();
        acting.Journal.Should().ContainInOrder("end:Completed", "e:Canceled", "f:Completed");
    }

    [Fact]
    public void A_loop_back_to_the_trigger_that_started_the_run_waits_for_a_new_event()
    {
        var trigger = Event("message").With("customProperties", new JsonObject { ["canStartWorkflow"] = true });
        var acting = Acting.Triggered(Flowchart("f", [trigger, Line("got")], "message-got", "got-message"), "message");

        acting.Lines.Should().Equal("got");
        acting.WaitingAt.Should().Equal("message");
    }

    [Fact]
    public void The_run_begins_at_the_trigger_and_gives_it_what_came()
    {
        var trigger = Event("order").With("customProperties", new JsonObject { ["canStartWorkflow"] = true });
        var flow = Flowchart("f", [Line("not me"), trigger, ScriptLine("w", "getLastResult().id")], "order-w");

        Acting.Triggered(flow, "order", new Dictionary<string, object?> { ["id"] = 7 }).Lines.Should().Equal("7");
    }

    [Fact]
    public void A_skipped_chain_of_ten_thousand_activities_does_not_block_the_join_behind_it()
    {
        var chain = Enumerable.Range(0, 10_000).Select(i => Line($"n{i}")).ToArray();
        var decision = Activity("Elsa.FlowDecision", "d").With("condition", Literal(false));
        var links = Enumerable.Range(0, 9_999).Select(i => $"n{i}-n{i + 1}").Concat(["d:True-n0", "n9999-end", "d:False-end"]).ToArray();

        Acting.Of(Flowchart("f", [decision, .. chain, Line("end")], links)).Lines.Should().Equal("end");
    }

    [Fact]
    public void Switch_falls_to_its_default_and_fork_takes_each_branch()
    {
        var cases = new JsonArray(new JsonObject { ["label"] = "big", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "1 > 2" } });
        var flow = Flowchart(
            "f",
            [Activity("Elsa.FlowSwitch", "sw").With("cases", cases), Line("big"), Activity("Elsa.FlowFork", "fork").With("branches", Literal(new JsonArray("x", "y"))), Line("x"), Line("y")],
            "sw:big-big",
            "sw:Default-fork",
            "fork:x-x",
            "fork:y-y");

        Acting.Of(flow).Lines.Should().Equal("x", "y");
    }

    private static JsonObject Join(string id, string mode) => Activity("Elsa.FlowJoin", id).With("mode", Literal(mode));
}
