using System.Text.Json.Nodes;
using FlowEngine.Workflows.Instances;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>Runs that start other runs, besides what the conformance cases prove of it.</summary>
public sealed class ChildWorkflowTests
{
    [Fact]
    public void A_parent_waits_for_a_child_that_suspends_and_gets_its_whole_result()
    {
        var root = Sequence("s", Start("Elsa.ExecuteWorkflow", true), ScriptLine("w", "getLastResult().Output.answer + ' ' + getLastResult().SubStatus"));

        var acting = Acting.Among(null, Child(Sequence("q", Event("e"), Answer("hi"))), Definition(root));
        acting.Instance.Bookmarks.Should().ContainSingle().Which.Name.Should().Be("Elsa.ExecuteWorkflow");

        acting.Send("e").Lines.Should().Equal("hi 3");
    }

    [Fact]
    public void A_parent_goes_on_when_its_child_faults_and_can_see_that()
    {
        var root = Sequence("s", Start("Elsa.ExecuteWorkflow", true), ScriptLine("w", "getLastResult().SubStatus"));

        var acting = Acting.Among(null, Child(Sequence("q", Event("e"), Activity("Elsa.Fault", "bad").With("message", Literal("no")))), Definition(root)).Send("e");

        acting.Lines.Should().Equal($"{(int)WorkflowSubStatus.Faulted}");
    }

    [Fact]
    public void A_dispatched_child_is_a_run_of_its_own_and_its_outputs_come_back()
    {
        var root = Sequence("s", Start("Elsa.DispatchWorkflow", true), ScriptLine("w", "getLastResult().answer"));

        var acting = Acting.Among(null, Child(Answer("hi")), Definition(root));

        acting.Lines.Should().Equal("hi");
        acting.Others.Should().ContainSingle().Which.Instance.ParentInstanceId.Should().Be(acting.Instance.Id);
    }

    [Fact]
    public void Bulk_dispatch_ends_when_every_child_and_every_port_has_ended()
    {
        var bulk = Start("Elsa.BulkDispatchWorkflows", true)
            .With("items", Script("['a','b','c']"))
            .With("correlationIdFunction", Script("'c-' + getItem()"))
            .With("childCompleted", ScriptLine("each", "'ended'"));
        var acting = Acting.Among(null, Child(Sequence("q", Event("e"), Answer("x"))), Definition(Sequence("s", bulk, Line("after"))));

        acting.Others.Select(o => o.Instance.CorrelationId).Should().Equal("c-a", "c-b", "c-c");
        acting.Lines.Should().BeEmpty();
        acting.Send("e").Lines.Should().Equal("ended", "ended", "ended", "after");
    }

    [Fact]
    public void More_items_than_may_be_started_at_once_are_an_incident()
    {
        var bulk = Start("Elsa.BulkDispatchWorkflows", false).With("items", Script("Array.from({length: 1001}, (_, i) => i)"));

        Acting.Among(null, Child(Line("l")), Definition(bulk)).Instance.Incidents.Should().ContainSingle().Which.Code.Should().Be("FanOutLimit");
    }

    [Fact]
    public void Workflows_that_start_each_other_without_end_are_stopped_by_the_depth()
    {
        var self = Definition(Sequence("s", Start("Elsa.ExecuteWorkflow", false).With("workflowDefinitionId", Literal("flow"))));

        var acting = Acting.Among(null, self);

        acting.Others.Should().HaveCount(16);
        acting.Others.Last().Instance.Incidents.Should().ContainSingle().Which.Code.Should().Be("ChildDepthLimit");
    }

    [Fact]
    public void A_workflow_that_is_not_published_is_an_incident_that_names_it()
    {
        var start = Start("Elsa.DispatchWorkflow", false).With("workflowDefinitionId", Literal("nobody"));

        Acting.Among(null, Definition(start)).Instance.Incidents.Should().ContainSingle().Which.Message.Should().Contain("nobody");
    }

    private static JsonObject Child(JsonObject root) => new()
    {
        ["id"] = "child-v1",
        ["definitionId"] = "child",
        ["version"] = 1,
        ["outputs"] = new JsonArray(new JsonObject { ["name"] = "answer", ["type"] = "Object" }),
        ["root"] = root,
    };

    private static JsonObject Start(string type, bool waits) =>
        Activity(type, "start").With("workflowDefinitionId", Literal("child")).With("waitForCompletion", Literal(waits));

    private static JsonObject Answer(string value) => Activity("Elsa.SetOutput", "o").With("outputName", Literal("answer")).With("outputValue", Literal(value));
}
