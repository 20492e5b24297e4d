using System.Text.Json.Nodes;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Instances;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>One test a node: what it does, besides what the conformance cases prove of it.</summary>
public sealed class ActivityTests
{
    [Fact]
    public void If_takes_the_branch_and_tells_its_result()
    {
        var flow = Sequence("s", Activity("Elsa.If", "if").With("condition", Script("1 > 2")).With("then", Line("t")).With("else", Line("e")), ScriptLine("w", "getOutputFrom('if', 'Result')"));

        Acting.Of(flow).Lines.Should().Equal("e", "False");
    }

    [Theory]
    [InlineData(1, 3, 1, true, "1 2 3")]
    [InlineData(1, 3, 1, false, "1 2")]
    [InlineData(3, 1, -1, true, "3 2 1")]
    [InlineData(3, 1, 1, true, "")]
    public void For_counts_to_its_end_in_steps(int start, int end, int step, bool isInclusive, string expected)
    {
        var loop = Activity("Elsa.For", "for")
            .With("start", Literal(start))
            .With("end", Literal(end))
            .With("step", Literal(step))
            .With("outerBoundInclusive", Literal(isInclusive))
            .With("body", ScriptLine("w", "variables.CurrentValue"));

        string.Join(' ', Acting.Of(loop).Lines).Should().Be(expected);
    }

    [Fact]
    public void Loops_go_on_where_they_were_after_a_wait()
    {
        var body = Sequence("b", Event("e"), ScriptLine("w", "variables.CurrentValue"));
        var each = Activity("Elsa.ForEach", "each").With("items", Literal(new JsonArray("a", "b"))).With("body", body);
        var count = Activity("Elsa.For", "for").With("end", Literal(1)).With("body", Sequence("b2", Event("e2"), ScriptLine("w2", "variables.CurrentValue")));

        Acting.Of(Sequence("s", each, count)).Send("e").Send("e").Send("e2").Send("e2").Lines.Should().Equal("a", "b", "0", "1");
    }

    [Fact]
    public void While_with_break_leaves_only_its_own_loop()
    {
        var inner = Activity("Elsa.While", "in").With("condition", Literal(true)).With("body", Sequence("b", Line("x"), Activity("Elsa.Break", "br")));
        var outer = Activity("Elsa.ForEach", "out").With("items", Literal(new JsonArray(1, 2))).With("body", Sequence("o", inner, Line("y")));

        Acting.Of(outer).Lines.Should().Equal("x", "y", "x", "y");
    }

    [Fact]
    public void Fork_with_wait_any_cancels_the_branches_that_lost()
    {
        var acting = Acting.Of(Sequence("s", Fork("f", "WaitAny", Event("e1"), Event("e2")), Line("after"))).Send("e2");

        acting.Lines.Should().Equal("after");
        acting.Journal.Should().Contain("e1:Canceled");
    }

    [Fact]
    public void Parallel_ends_with_the_last_of_its_activities()
    {
        var acting = Acting.Of(Sequence("s", Activity("Elsa.Parallel", "p").With("activities", new JsonArray(Event("e1"), Event("e2"))), Line("after"))).Send("e1");
        acting.Lines.Should().BeEmpty();

        acting.Send("e2").Lines.Should().Equal("after");
    }

    [Fact]
    public void Complete_ends_the_workflow_from_an_inner_flowchart()
    {
        var inner = Flowchart("in", [Activity("Elsa.Complete", "done")]);

        var acting = Acting.Of(Sequence("s", inner, Line("never")));

        acting.Lines.Should().BeEmpty();
        acting.Journal.Should().EndWith(["done:Completed", "in:Completed", "s:Canceled", "Workflow1:Completed"]);
    }

    [Fact]
    public void Finish_drops_all_that_waits_and_ends_the_run()
    {
        var acting = Acting.Of(Fork("f", "WaitAll", Event("e"), Sequence("b", Activity("Elsa.Finish", "fin"), Line("never"))));

        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
        acting.Instance.Bookmarks.Should().BeEmpty();
    }

    [Fact]
    public void Delay_waits_for_its_time_and_no_longer()
    {
        var acting = Acting.Of(Sequence("s", Activity("Elsa.Delay", "d").With("timeSpan", Literal("00:10:00")), Line("after")));

        acting.Wait(TimeSpan.FromMinutes(9)).Lines.Should().BeEmpty();
        acting.Wait(TimeSpan.FromMinutes(1)).Lines.Should().Equal("after");
    }

    [Fact]
    public void Fault_gives_its_code_category_and_message_to_the_incident()
    {
        var fault = Activity("Elsa.Fault", "x").With("code", Literal("E1")).With("category", Literal("Test")).With("message", Literal("went south"));

        var incident = Acting.Of(fault).Instance.Incidents.Should().ContainSingle().Subject;

        (incident.Code, incident.Category, incident.Message).Should().Be(("E1", "Test", "went south"));
    }

    [Fact]
    public void Name_correlation_and_outputs_are_set_on_the_run()
    {
        var acting = Acting.Of(Sequence(
            "s",
            Activity("Elsa.SetName", "n").With("value", Literal("Order 7")),
            Activity("Elsa.Correlate", "c").With("correlationId", Literal("c-7")),
            Activity("Elsa.SetOutput", "o").With("outputName", Literal("total")).With("outputValue", Script("12.5"))));

        acting.Instance.Name.Should().Be("Order 7");
        acting.Instance.CorrelationId.Should().Be("c-7");
        acting.Instance.Output["total"].Should().Be(12.5);
    }

    [Fact]
    public void A_bookmarks_hash_is_found_by_name_and_payload()
    {
        var bookmark = Acting.Of(Event("e", "Reply")).Instance.Bookmarks.Should().ContainSingle().Subject;

        bookmark.Hash.Should().Be(BookmarkHash.Of("Elsa.Event", new Dictionary<string, object?> { ["EventName"] = "Reply" }));
        bookmark.Hash.Should().MatchRegex("^[0-9A-F]{64}$").And.NotBe(BookmarkHash.Of("Elsa.Event", new Dictionary<string, object?> { ["EventName"] = "reply" }));
    }

    [Fact]
    public void Every_built_in_says_for_people_what_it_is()
    {
        foreach (var descriptor in BuiltIn.All.Select(a => a.Descriptor))
        {
            descriptor.TypeName.Should().StartWith("Elsa.");
            descriptor.Description.Should().EndWith(".");
            descriptor.Category.Should().NotBeEmpty();
            descriptor.Inputs.Should().OnlyContain(i => i.Description.EndsWith('.') && i.DisplayName.Length > 0 && char.IsUpper(i.Name[0]));
            descriptor.Outputs.Should().OnlyContain(o => o.Description.EndsWith('.'));
        }
    }

    [Theory]
    [InlineData("Elsa.FlowDecision", "Condition", "True,False")]
    [InlineData("Elsa.Event", "EventName", "Done")]
    [InlineData("Elsa.If", "Condition", "Done")]
    [InlineData("Elsa.For", "Start,End,Step,OuterBoundInclusive", "Done")]
    [InlineData("Elsa.Fault", "Code,Category,FaultType,Message", "")]
    [InlineData("Elsa.FlowSwitch", "Cases,Mode", "Default")]
    [InlineData("Elsa.RunJavaScript", "Script,PossibleOutcomes", "Done")]
    public void A_descriptor_has_Elsas_inputs_and_outcomes(string type, string inputs, string outcomes)
    {
        var descriptor = BuiltIn.Catalog.Find(type)!.Descriptor;

        string.Join(',', descriptor.Inputs.Select(i => i.Name)).Should().Be(inputs);
        string.Join(',', descriptor.Outcomes).Should().Be(outcomes);
    }
}
