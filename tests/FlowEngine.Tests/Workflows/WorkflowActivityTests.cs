using System.Text.Json.Nodes;
using FlowEngine.Workflows.Instances;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>A workflow as an activity of another one, besides what the conformance cases prove of it.</summary>
public sealed class WorkflowActivityTests
{
    [Fact]
    public void Its_inputs_are_there_after_a_wait_and_its_outputs_are_written_where_they_are_bound()
    {
        var ask = Named("Ask name", Sequence("q", Event("answer"), Output("o", "person", Script("getInput('greeting') + ' ' + getLastResult()"))), inputs: ["greeting"], outputs: ["person"]);
        var root = Sequence("s", Use("u", "AskName").With("greeting", Literal("Hola")).With("person", Bound("who")), ScriptLine("w", "getVariable('who')"));

        var acting = Acting.Among(null, ask, Definition(root, Variable("who"))).Send("answer", "Ana");

        acting.Lines.Should().Equal("Hola Ana");
    }

    [Fact]
    public void Two_uses_of_one_workflow_wait_beside_each_other()
    {
        var wait = Named("Wait", Sequence("q", Event("e"), ScriptLine("l", "getInput('tag')")), inputs: ["tag"]);
        var root = Fork("both", "WaitAll", Use("a", "Wait").With("tag", Literal("first")), Use("b", "Wait").With("tag", Literal("second")));

        var acting = Acting.Among(null, wait, Definition(root));
        acting.Instance.Bookmarks.Select(b => b.NodeId).Should().Equal("Workflow1:both:a:Workflow1:q:e", "Workflow1:both:b:Workflow1:q:e");

        acting.Send("e").Lines.Should().Equal("first", "second");
        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public void A_fault_inside_can_be_retried_where_it_happened()
    {
        var flaky = Named("Flaky", ScriptLine("l", "if (!getVariable('ready')) throw new Error('not yet'); 'done'"));
        var root = Sequence("s", Use("u", "Flaky"), Line("after"));

        var acting = Acting.Among(null, flaky, Definition(root, Variable("ready", "Boolean", "false")));
        acting.Instance.Incidents.Should().ContainSingle().Which.NodeId.Should().Be("Workflow1:s:u:Workflow1:l");
    }

    [Fact]
    public void A_workflow_that_uses_itself_is_refused()
    {
        var loop = Named("Loop", Use("again", "Loop"));

        var act = () => Acting.Among(null, loop, Definition(Use("u", "Loop")));

        act.Should().Throw<Exception>().WithMessage("*used inside itself*");
    }

    [Fact]
    public void An_input_with_the_name_of_an_activitys_own_member_stands_under_an_underscore()
    {
        var child = Named("Child", ScriptLine("l", "getInput('name')"), inputs: ["name"]);

        Acting.Among(null, child, Definition(Use("u", "Child").With("_name", Literal("Ana")))).Lines.Should().Equal("Ana");
    }

    private static JsonObject Named(string name, JsonObject root, string[]? inputs = null, string[]? outputs = null) => new()
    {
        ["id"] = $"{name}-v1",
        ["definitionId"] = name,
        ["name"] = name,
        ["version"] = 1,
        ["inputs"] = Declared(inputs),
        ["outputs"] = Declared(outputs),
        ["options"] = new JsonObject { ["usableAsActivity"] = true },
        ["root"] = root,
    };

    private static JsonArray Declared(string[]? names) => new([.. (names ?? []).Select(n => new JsonObject { ["name"] = n, ["type"] = "Object" })]);

    private static JsonObject Use(string id, string type) => Activity(type, id).With("version", 1);

    private static JsonObject Output(string id, string name, JsonObject value) => Activity("Elsa.SetOutput", id).With("outputName", Literal(name)).With("outputValue", value);

    private static JsonObject Bound(string variable) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = variable } };
}
