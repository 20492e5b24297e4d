using System.Text.Json.Nodes;
using FlowEngine.Workflows.Instances;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>Flowcharts in token mode, besides what the conformance cases prove of it.</summary>
public sealed class TokenFlowTests
{
    [Fact]
    public void A_streaming_target_runs_once_for_all_that_was_under_way()
    {
        var flow = Flowchart("f", [Line("s"), Line("a"), Event("b"), Line("after")], "s-a", "s-b", "a-after", "b-after");

        var acting = Acting.WithTokens(flow);
        acting.Lines.Should().Equal("s", "a");

        acting.Send("b");
        acting.Lines.Should().Equal("s", "a", "after");
        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public void A_streaming_target_runs_also_when_the_branch_that_it_waited_for_went_another_way()
    {
        var decide = Activity("Elsa.FlowDecision", "d").With("condition", Literal(false));
        var flow = Flowchart("f", [Line("s"), Line("a"), Event("e"), decide, Line("after"), Line("other")], "s-a", "s-e", "a-after", "e-d", "d:True-after", "d:False-other");

        var acting = Acting.WithTokens(flow).Send("e");

        acting.Lines.Should().BeEquivalentTo(["s", "a", "other", "after"]);
        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public void A_merge_that_waits_for_a_branch_that_will_not_come_is_an_incident_that_names_it()
    {
        var decide = Activity("Elsa.FlowDecision", "d").With("condition", Literal(false));
        var flow = Flowchart("f", [Line("s"), Line("a"), decide, Merging("after", "Merge")], "s-a", "s-d", "a-after", "d:True-after");

        var acting = Acting.WithTokens(flow);

        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        acting.Instance.Incidents.Should().ContainSingle().Which.Message.Should().Be("'after' waits for 'd', which will not come.");
    }

    [Fact]
    public void A_race_cancels_the_branch_that_waits_and_goes_on_once()
    {
        var flow = Flowchart("f", [Line("s"), Event("slow"), Event("quick"), Merging("after", "Race")], "s-slow", "s-quick", "slow-after", "quick-after");

        var acting = Acting.WithTokens(flow).Send("quick");

        acting.Lines.Should().Equal("s", "after");
        acting.Journal.Should().Contain("slow:Canceled");
        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public void A_race_in_a_loop_is_open_again_in_each_round()
    {
        var again = Activity("Elsa.FlowDecision", "again").With("condition", Script("getVariable('n') < 2"));
        var count = Set("count", "n", Script("getVariable('n') + 1"));
        var flow = Flowchart(
            "f", [Line("s"), Event("a"), Event("b"), Merging("after", "Race"), count, again, Line("end")],
            "s-a", "s-b", "a-after", "b-after", "after-count", "count-again", "again:True-s", "again:False-end");

        var acting = Acting.WithTokens(flow.With("variables", new JsonArray(Variable("n", "Int32", "0"))));
        acting.Send("a").Send("b");

        acting.Lines.Should().Equal("s", "after", "s", "after", "end");
    }

    [Fact]
    public void What_waits_at_a_merge_is_kept_over_a_wait()
    {
        var flow = Flowchart("f", [Line("s"), Line("a"), Event("b"), Merging("after", "Merge")], "s-a", "s-b", "a-after", "b-after");

        Acting.WithTokens(flow).Send("b").Lines.Should().Equal("s", "a", "after");
    }

    [Fact]
    public void A_definition_may_say_its_mode_itself()
    {
        var definition = Definition(Flowchart("f", [Line("s"), Line("a"), Activity("Elsa.FlowDecision", "d").With("condition", Literal(false)), Merging("after", "Merge")], "s-a", "s-d", "a-after", "d:True-after"));

        Acting.Among(null, definition.With("customProperties", new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" })).Instance.Incidents.Should().ContainSingle();
    }

    private static JsonObject Merging(string id, string mode) => Line(id).With("customProperties", new JsonObject { ["mergeMode"] = mode });
}
