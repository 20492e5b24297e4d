using System.Text.Json.Nodes;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>What starts a flow is known before there is a run.</summary>
public sealed class TriggerTests
{
    [Fact]
    public void Expressions_of_a_trigger_see_the_defaults_of_variables()
    {
        var graph = Read(Definition(Trigger("Elsa.Event", "eventName", Script("'order-' + getVariable('kind')")), Variable("kind", "String", "paid"))).Graph!;

        graph.Triggers.Single().Inputs["EventName"].Should().Be("order-paid");
        graph.PublishErrors.Should().BeEmpty();
    }

    [Fact]
    public void A_template_names_the_path_and_the_clock_stands_at_the_versions_making()
    {
        var path = Read(Definition(Trigger("Elsa.HttpEndpoint", "path", Liquid("orders/{{ Variables.kind }}")), Variable("kind", "String", "new"))).Graph!;
        var at = Read(Definition(Trigger("Elsa.StartAt", "dateTime", Script("new Date(Date.now() + 60000).toISOString()"))).With("createdAt", "2026-03-02T09:00:00Z")).Graph!;

        path.Endpoints.Single().Path.Should().Be("orders/new");
        at.Triggers.Single().Inputs["DateTime"].Should().Be(new DateTimeOffset(2026, 3, 2, 9, 1, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("Elsa.Event", "eventName", "missing.thing", "missing")]
    [InlineData("Elsa.Event", "eventName", "''", "empty")]
    [InlineData("Elsa.Timer", "interval", "'often'", "often")]
    [InlineData("Elsa.Cron", "cronExpression", "'every day'", "six fields")]
    public void A_trigger_that_would_never_start_anything_keeps_the_flow_from_being_published(string type, string input, string script, string why)
    {
        var reading = Read(Definition(Trigger(type, input, Script(script))));

        reading.Errors.Should().BeEmpty("it can be drawn and stored");
        reading.Graph!.PublishErrors.Should().ContainSingle().Which.Message.Should().Contain("'t'").And.ContainEquivalentOf($"'{input}'").And.Contain(why);
    }

    [Fact]
    public void The_same_expressions_in_the_middle_of_a_flow_are_left_to_its_runs()
    {
        var waits = Activity("Elsa.HttpEndpoint", "t").With("path", Script("getVariable('where')"));

        var graph = Read(Definition(waits)).Graph!;

        graph.Triggers.Should().BeEmpty();
        graph.Endpoints.Should().BeEmpty();
        graph.PublishErrors.Should().BeEmpty();
    }

    private static JsonObject Trigger(string type, string input, JsonObject value) =>
        Activity(type, "t").With(input, value).With("customProperties", new JsonObject { ["canStartWorkflow"] = true });
}
