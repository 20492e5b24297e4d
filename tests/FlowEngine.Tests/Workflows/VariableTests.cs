using FlowEngine.Workflows.Instances;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

public sealed class VariableTests
{
    [Theory]
    [InlineData(true, "5")]
    [InlineData(false, "1")]
    public void A_variable_survives_a_wait_only_with_a_driver(bool isKept, string after)
    {
        var acting = Acting.Of(Sequence("s", Set("set", "n", Literal(5)), Event("e"), ScriptLine("w", "variables.n")), Variable("n", "Int32", 1, isKept)).Send("e");

        acting.Lines.Should().Equal(after);
    }

    [Fact]
    public void Inputs_survive_a_wait_and_are_converted_to_their_declared_type()
    {
        var flow = Sequence("s", Event("e"), ScriptLine("w", "getInput('n') + 1"));

        Acting.WithInput(flow, new() { ["n"] = 4 }).Send("e").Lines.Should().Equal("5");
    }

    [Theory]
    [InlineData("Int32", "12", 12L)]
    [InlineData("Double", "2.5", 2.5)]
    [InlineData("Boolean", "true", true)]
    [InlineData("String", 7, "7")]
    public void A_value_is_converted_to_the_variables_type(string type, object value, object expected)
    {
        var literal = value is int number ? Literal(number) : Literal((string)value);

        Acting.Of(Set("set", "v", literal), Variable("v", type)).Instance.Variables["v"].Should().Be(expected);
    }

    [Fact]
    public void A_value_that_does_not_fit_faults_instead_of_being_lost()
    {
        var acting = Acting.Of(Set("set", "v", Literal("many")), Variable("v", "Int32"));

        acting.Instance.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        acting.Instance.Incidents[0].Message.Should().Contain("'many' is not a whole number");
    }

    [Fact]
    public void An_inner_variable_hides_an_outer_one_of_the_same_name()
    {
        var inner = Sequence("in", ScriptLine("a", "variables.x")).With("variables", new System.Text.Json.Nodes.JsonArray(Variable("x", "String", "inner")));

        Acting.Of(Sequence("s", inner, ScriptLine("b", "variables.x")), Variable("x", "String", "outer")).Lines.Should().Equal("inner", "outer");
    }

    [Fact]
    public void Loop_variables_of_parallel_rounds_are_their_own_over_a_wait()
    {
        var body = Sequence("b", Activity("Elsa.Event", "e").With("eventName", Script("'go-' + getVariable('CurrentValue')")), ScriptLine("w", "variables.CurrentValue + variables.CurrentIndex"));
        var each = Activity("Elsa.ParallelForEach", "each").With("items", Script("['x', 'y']")).With("body", body);

        Acting.Of(each).Send("go-y").Send("go-x").Lines.Should().Equal("y1", "x0");
    }
}
