using System.Text.Json.Nodes;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

public sealed class FaultTests
{
    private const string FailsOnce = "if (!getVariable('Fixed')) { setVariable('Fixed', true); throw new Error('first time'); } return 'ok';";

    [Theory]
    [InlineData("Sequence")]
    [InlineData("Flowchart")]
    [InlineData("Fork")]
    [InlineData("Parallel")]
    [InlineData("If")]
    [InlineData("While")]
    [InlineData("ForEach")]
    [InlineData("FlowNode")]
    [InlineData("Switch")]
    public void A_retry_goes_on_from_the_fault_in_every_container(string container)
    {
        var body = Sequence("body", Line("one"), Flaky(), Line("three"));
        var acting = Acting.Of(Sequence("s", Inside(container, body), Line("end")), Variable("Fixed", "Boolean", "false"), Variable("N", "Int32", 0));
        acting.Lines.Should().Equal("one");
        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Faulted);

        acting.Retry("flaky");

        acting.Lines.Should().Equal("one", "three", "end");
        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
        acting.Instance.Incidents.Should().ContainSingle("what happened stays on record");
    }

    [Fact]
    public void The_cause_of_a_failed_input_stands_beside_Elsas_message()
    {
        var incident = Acting.Of(ScriptLine("w", "nope.x")).Instance.Incidents.Should().ContainSingle().Subject;

        incident.Message.Should().Be("Failed to evaluate activity input 'Text'");
        incident.Cause.Should().Contain("nope is not defined");
    }

    [Fact]
    public void Other_branches_go_on_with_incidents_and_the_fault_can_be_retried()
    {
        var definition = Definition(Fork("fork", "WaitAll", Sequence("a", Flaky()), Sequence("b", Event("e"), Line("b done"))), Variable("Fixed", "Boolean", "false"));
        definition["options"] = new JsonObject { ["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core" };
        var graph = Read(definition).Graph!;
        var run = Interpreter.Start(graph, new StartRequest(Guid.Empty), Environment());
        run.Instance.SubStatus.Should().Be(WorkflowSubStatus.Suspended);

        run = Interpreter.Resume(graph, run.Instance, run.Instance.Bookmarks[0].Id, null, Environment());
        run.ConsoleLines.Should().Equal("b done");

        run = Interpreter.Retry(graph, run.Instance, run.Instance.Incidents[0].ActivityInstanceId, Environment());
        run.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public void A_loop_that_never_waits_stops_at_the_step_budget_and_can_be_retried()
    {
        var graph = Graph(Flowchart("f", [Line("a"), Line("b")], "a-b", "b-a"));
        var run = Interpreter.Start(graph, new StartRequest(Guid.Empty), Environment(new Limits { Steps = 50 }));

        run.Instance.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        run.NewIncidents.Should().ContainSingle().Which.Code.Should().Be("StepLimit");

        var again = InstanceState.Read(InstanceState.Write(run.Instance), graph);
        Interpreter.Retry(graph, again, run.NewIncidents[0].ActivityInstanceId, Environment(new Limits { Steps = 50 })).ConsoleLines.Should().HaveCount(50);
    }

    [Fact]
    public void Activities_nested_too_deeply_fault_with_the_limit_in_the_incident()
    {
        var root = Line("leaf");
        for (var i = 0; i < 6; i++) root = Sequence($"s{i}", root);

        var run = Interpreter.Start(Graph(root), new StartRequest(Guid.Empty), Environment(new Limits { Depth = 5 }));

        run.NewIncidents.Should().ContainSingle().Which.Code.Should().Be("DepthLimit");
    }

    [Fact]
    public void A_state_that_grows_too_large_is_an_incident()
    {
        var flow = Sequence("s", Set("set", "v", Script("'x'.repeat(5000)")), Event("e"));

        var run = Interpreter.Start(Graph(flow, Variable("v", "String")), new StartRequest(Guid.Empty), Environment(new Limits { StateSize = 4000 }));

        run.NewIncidents.Should().ContainSingle().Which.Code.Should().Be("StateLimit");
    }

    [Fact]
    public void Cancel_closes_the_journal_of_all_that_was_going_on()
    {
        var acting = Acting.Of(Sequence("s", Fork("f", "WaitAll", Event("e1"), Event("e2")))).Cancel();

        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Cancelled);
        acting.Instance.Bookmarks.Should().BeEmpty();
        acting.Journal.Should().Contain(["e1:Canceled", "e2:Canceled", "f:Canceled", "s:Canceled", "Workflow1:Workflow cancelled"]);
        acting.Send("e1").Lines.Should().BeEmpty();
    }

    [Fact]
    public void A_bookmark_that_was_burnt_changes_nothing()
    {
        var graph = Graph(Sequence("s", Event("e"), Line("a"), Event("again")));
        var run = Interpreter.Start(graph, new StartRequest(Guid.Empty), Environment());
        var burnt = run.Instance.Bookmarks[0].Id;
        Interpreter.Resume(graph, run.Instance, burnt, null, Environment());

        var second = Interpreter.Resume(graph, run.Instance, burnt, null, Environment());

        second.Journal.Should().BeEmpty();
        second.Instance.Bookmarks.Should().ContainSingle();
    }

    private static JsonObject Flaky() => Activity("Elsa.RunJavaScript", "flaky").With("script", Literal(FailsOnce));

    private static RunEnvironment Environment(Limits? limits = null) => new() { Now = DateTimeOffset.UnixEpoch, Seed = 1, Limits = limits ?? Limits.Default };

    private static JsonObject Inside(string container, JsonObject body) => container switch
    {
        "Sequence" => Sequence("c", body),
        "Flowchart" => Flowchart("c", [body]),
        "Fork" => Fork("c", "WaitAll", body),
        "Parallel" => Activity("Elsa.Parallel", "c").With("activities", new JsonArray(body)),
        "If" => Activity("Elsa.If", "c").With("condition", Literal(true)).With("then", body),
        "While" => Activity("Elsa.While", "c").With("condition", Script("variables.N++ < 1")).With("body", body),
        "ForEach" => Activity("Elsa.ForEach", "c").With("items", Literal(new JsonArray("x"))).With("body", body),
        "FlowNode" => Activity("Elsa.FlowNode", "c").With("body", body),
        _ => Activity("Elsa.Switch", "c").With("default", body),
    };
}
