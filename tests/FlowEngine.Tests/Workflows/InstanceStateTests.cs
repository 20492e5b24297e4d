using System.Text;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

public sealed class InstanceStateTests
{
    [Fact]
    public void Writing_what_was_read_gives_the_same_bytes()
    {
        var flow = Flowchart("f", [Event("e1"), Activity("Elsa.Delay", "d").With("timeSpan", Literal("01:00:00")), Line("s")], "s-e1", "s-d");
        var graph = Graph(flow, Variable("v", "Object", "{\"a\":[1,2.5,\"ñ\"]}"));
        var request = new StartRequest(new Guid(7, 0, 0, new byte[8]), "c-1", new Dictionary<string, object?> { ["x"] = true }, null, null);
        var bytes = InstanceState.Write(Interpreter.Start(graph, request, Environment()).Instance);

        InstanceState.Write(InstanceState.Read(bytes, graph)).Should().Equal(bytes);
    }

    [Fact]
    public void An_ended_run_keeps_its_variables_and_nothing_of_its_way()
    {
        var graph = Graph(Sequence("s", Set("set", "v", Literal("kept")), Line("a")), Variable("v", "String"));
        var bytes = InstanceState.Write(Interpreter.Start(graph, new StartRequest(Guid.Empty), Environment()).Instance);

        InstanceState.Read(bytes, graph).Variables["v"].Should().Be("kept");
        bytes.Length.Should().BeLessThan(300);
    }

    [Fact]
    public void Bytes_of_an_unknown_version_or_another_definition_are_refused()
    {
        var graph = Graph(Sequence("s", Event("e")));
        var bytes = InstanceState.Write(Interpreter.Start(graph, new StartRequest(Guid.Empty), Environment()).Instance);

        ((Action)(() => InstanceState.Read(bytes, Graph(Sequence("other", Event("x")))))).Should().Throw<InvalidDataException>();
        bytes[0] = 99;
        ((Action)(() => InstanceState.Read(bytes, graph))).Should().Throw<InvalidDataException>().WithMessage("*99*");
    }

    /// <summary>Bytes of version 1 as they were first written: they must be readable for ever (decision 5).</summary>
    [Fact]
    public void A_run_stored_by_the_first_version_goes_on()
    {
        const string Stored = """
            {"id":"00000007-0000-0000-0000-000000000000","def":"flow","ver":"flow-v1","v":1,"st":0,"ss":2,"cor":"c-1","ec":4,"jc":6,"bm":[{"i":"00000007-0000-0000-0000-000000000000.4.1","n":"Elsa.Event","h":"AB","p":{"EventName":"e"},"a":"e","e":"00000007-0000-0000-0000-000000000000.4","at":"1970-01-01T00:00:00+00:00"}],"root":{"n":1,"a":"Workflow1","s":1,"v":{"v":3},"c":[{"n":2,"a":"f","s":1,"f":[0,1,0,0,1,0],"c":[{"n":4,"a":"e","s":1,"b":1}]}]}}
            """;
        var graph = Graph(Flowchart("f", [Line("s"), Event("e"), ScriptLine("w", "variables.v")], "s-e", "e-w"), Variable("v", "Int32"));
        var instance = InstanceState.Read(new byte[] { 1 }.Concat(Encoding.UTF8.GetBytes(Stored)).ToArray(), graph);

        var run = Interpreter.Resume(graph, instance, instance.Bookmarks[0].Id, null, Environment());

        run.ConsoleLines.Should().Equal("3");
        run.Journal[0].Sequence.Should().Be(6);
        run.Instance.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    private static RunEnvironment Environment() => new() { Now = DateTimeOffset.UnixEpoch, Seed = 1 };
}
