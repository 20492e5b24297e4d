using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

public sealed class LiquidTests
{
    [Theory]
    [InlineData("{{ Lead.name }} {{ lead.tags[0] }} {{ lead.tags | size }}", "Ana a 2")]
    [InlineData("{{ Variables.city }}-{{ Variables.nothing }}-{{ Input.name }}-{{ CorrelationId }}", "Lima--Ana-c-1")]
    [InlineData("{{ 'now' | date: '%Y-%m-%d %H:%M' }}", "2026-01-02 03:04")]
    [InlineData("{{ Lead | json }}", "{\"name\":\"Ana\",\"tags\":[\"a\",\"b\"]}")]
    [InlineData("{{ 'hola' | base64 }} {{ Lead | keys | join: ',' }}", "aG9sYQ== name,tags")]
    [InlineData("{% for t in Lead.tags %}{{ t | upcase }}{% endfor %}", "AB")]
    [InlineData("{% if Variables.city == 'Lima' %}yes{% else %}no{% endif %}", "yes")]
    public void A_text_reads_variables_inputs_and_the_hosts_values(string text, string expected) => Run(text).ConsoleLines.Should().Equal(expected);

    [Fact]
    public void A_text_that_does_not_parse_shows_its_error()
    {
        Run("{% if x").ConsoleLines.Should().ContainSingle().Which.Should().Contain("was not properly terminated");
    }

    [Theory]
    [InlineData("{% for i in (1..20000) %}x{% endfor %}", "repeats more than")]
    [InlineData("{% for i in (1..9000) %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endfor %}", "longer than")]
    public void A_text_that_reaches_a_limit_is_an_incident(string text, string limit)
    {
        Run(text).NewIncidents.Should().ContainSingle().Which.Cause.Should().Contain(limit);
    }

    private static RunResult Run(string text) => Interpreter.Start(
        Graph(Activity("Elsa.WriteLine", "w").With("text", Liquid(text)), Variable("city", "String", "Lima")),
        new StartRequest(Guid.Empty, "c-1", new Dictionary<string, object?> { ["name"] = "Ana" }),
        new RunEnvironment { Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Seed = 7, Host = new HostValues() });
}
