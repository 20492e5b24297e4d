using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

public sealed class ScriptTests
{
    [Theory]
    [InlineData("lead.name + ' ' + lead.tags.length", "Ana 2")]
    [InlineData("new Date().toISOString()", "2026-01-02T03:04:05.000Z")]
    [InlineData("let a = 1; a + 1", "2")]
    [InlineData("return 5", "5")]
    [InlineData("(async () => 7)()", "7")]
    [InlineData("getCity() + getVariable('city')", "LimaLima")]
    [InlineData("getname() + getInput('name')", "AnaAna")]
    [InlineData("toJson({ a: [1, 2.5, null] })", "{\"a\":[1,2.5,null]}")]
    [InlineData("isNullOrWhiteSpace(' ') + ' ' + isNullOrEmpty('x')", "true false")]
    [InlineData("stringFromBase64(stringToBase64('ñandú'))", "ñandú")]
    [InlineData("bytesToString(bytesFromString('hola'))", "hola")]
    [InlineData("getWorkflowDefinitionId() + getWorkflowDefinitionVersion()", "flow1")]
    [InlineData("Object.keys(variables).join()", "city")]
    [InlineData("parseGuid('1C663CF4-D73C-4C04-822A-B1BA804098E6')", "1c663cf4-d73c-4c04-822a-b1ba804098e6")]
    public void A_script_answers_what_Elsas_functions_promise(string code, string expected) => Line(code).ConsoleLines.Should().Equal(expected);

    [Theory]
    [InlineData("while (true) {}", "too many statements")]
    [InlineData("let s = 'x'; while (true) s += s", "too much memory")]
    [InlineData("'x'.repeat(1e9)", "too much memory")]
    [InlineData("'x'['rep' + 'eat'](1e9)", "too much memory")]
    [InlineData("function f() { return f() } f()", "too deeply")]
    [InlineData("/(a+)+$/.test('a'.repeat(40) + '!')", "regular expression")]
    public void A_script_that_reaches_a_limit_is_an_incident_that_names_it(string code, string limit)
    {
        var incident = Line(code).NewIncidents.Should().ContainSingle().Subject;

        incident.Code.Should().Be("ScriptLimit");
        incident.Cause.Should().Contain(limit);
    }

    [Fact]
    public void A_script_that_takes_too_long_is_stopped_however_few_statements_it_may_still_run()
    {
        var limits = Limits.Default with { ScriptStatements = int.MaxValue, ScriptTime = TimeSpan.FromMilliseconds(20) };

        var run = Interpreter.Start(Graph(ScriptLine("w", "while (true) {}")), new StartRequest(Guid.Empty), new RunEnvironment { Now = DateTimeOffset.UnixEpoch, Seed = 1, Limits = limits });

        run.NewIncidents.Should().ContainSingle().Which.Cause.Should().Contain("took too long");
    }

    [Theory]
    [InlineData("System.IO.File.ReadAllText('secret')")]
    [InlineData("importNamespace('System')")]
    [InlineData("new Function('return 1')()")]
    [InlineData("eval('1 + 1')")]
    [InlineData("lead.GetType()")]
    public void A_script_has_no_way_to_the_host(string code) => Line(code).NewIncidents.Should().ContainSingle();

    [Fact]
    public void Chance_and_ids_repeat_with_the_seed_only()
    {
        const string Code = "Math.random() + ' ' + newGuid() + ' ' + newShortGuid()";

        Line(Code, seed: 1).ConsoleLines.Should().Equal(Line(Code, seed: 1).ConsoleLines);
        Line(Code, seed: 1).ConsoleLines.Should().NotEqual(Line(Code, seed: 2).ConsoleLines);
    }

    [Fact]
    public void One_script_leaves_nothing_behind_for_the_next()
    {
        var flow = Sequence("s", ScriptLine("a", "x = 5; var y = 6; lead.name = 'changed'; x"), ScriptLine("b", "typeof x + typeof y + lead.name"));

        Run(Graph(flow)).ConsoleLines.Should().Equal("5", "undefinedundefinedAna");
    }

    [Fact]
    public void Variables_that_a_script_changes_are_written_back()
    {
        var flow = Sequence("s", ScriptLine("a", "variables.list.push(3); variables.made = 'new'; 0"), ScriptLine("b", "variables.list.join() + variables.made"));

        Run(Graph(flow, Variable("list", "JSON", "[1,2]"))).ConsoleLines.Should().Equal("0", "1,2,3new");
    }

    [Fact]
    public void A_script_activity_chooses_its_outcomes()
    {
        var script = Activity("Elsa.RunJavaScript", "js").With("script", Literal("setOutcomes(['left', 'right']); return 1;"));

        Run(Graph(Flowchart("f", [script, FlowJson.Line("l"), FlowJson.Line("r"), FlowJson.Line("d")], "js:left-l", "js:right-r", "js-d"))).ConsoleLines.Should().Equal("l", "r");
    }

    private static RunResult Line(string code, ulong seed = 7) => Run(Graph(ScriptLine("w", code), Variable("city", "String", "Lima")), seed);

    private static RunResult Run(WorkflowGraph graph, ulong seed = 7) => Interpreter.Start(
        graph,
        new StartRequest(Guid.Empty, Input: new Dictionary<string, object?> { ["name"] = "Ana" }),
        new RunEnvironment { Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Seed = seed, Host = new HostValues() });
}

/// <summary>What a host offers to expressions in these tests.</summary>
internal sealed class HostValues : IExpressionScope
{
    public IReadOnlyDictionary<string, object?> Values { get; } = new Dictionary<string, object?>
    {
        ["lead"] = new Dictionary<string, object?> { ["name"] = "Ana", ["tags"] = new List<object?> { "a", "b" } },
    };
}
