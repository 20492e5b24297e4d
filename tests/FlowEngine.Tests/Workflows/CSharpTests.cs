using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using FlowEngine.Server.CSharp;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Expressions.CSharp;
using FlowEngine.Workflows.Interpreter;
using static FlowEngine.Tests.Workflows.FlowJson;

namespace FlowEngine.Tests.Workflows;

/// <summary>C# of definitions where an administrator trusts it; that it is refused elsewhere is told by the reader's and the verifier's tests.</summary>
public sealed class CSharpTests
{
    private static readonly CSharpCompiler Compiler = new();
    private static readonly ActivityCatalog Trusting = BuiltIn.Trusting(Compiler.Compile);

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("return Variables.Count + Variable.count;", "6")]
    [InlineData("Variable.Count = 4; return Variables.Get<int>(\"count\");", "4")]
    [InlineData("Variables.Set(\"made\", 7); return GetVariable<int>(\"made\") + 1;", "8")]
    [InlineData("return Variable.Tags.Count + Variable.Tags[0];", "2new")]
    [InlineData("Variable.Tags.Add(\"more\"); return string.Join(\"-\", Variables.Get<List<string>>(\"tags\"));", "new-old")]
    [InlineData("dynamic order = Variables.Order; return order.total * 2;", "21")]
    [InlineData("return Variable.Free.deep.name;", "Ana")]
    [InlineData("return Input.Name + Inputs.Get<string>(\"name\") + Input.Age;", "EvaEva33")]
    [InlineData("return Variable.Due.AddDays(1).ToString(\"yyyy-MM-dd\");", "2026-03-02")]
    [InlineData("return new[] { 3, 1, 2 }.OrderBy(x => x).First();", "1")]
    [InlineData("int Twice(int x) => x * 2; return Twice(4);", "8")]
    [InlineData("await Task.Yield(); return \"awaited\";", "awaited")]
    [InlineData("CorrelationId = \"c-9\"; return GetCorrelationId() + WorkflowDefinitionId + WorkflowDefinitionVersion;", "c-9flow1")]
    [InlineData("WorkflowInstanceName = \"named\"; return WorkflowInstanceName;", "named")]
    [InlineData("return Host(\"lead\").name;", "Luz")]
    [InlineData("return JsonNode.Parse(\"[1,2]\")!.AsArray().Count;", "2")]
    public void A_script_finds_what_Elsas_scripts_find(string code, string expected) => Run(Line("w").With("text", Input("CSharp", code))).ConsoleLines.Should().Equal(expected);

    [Fact]
    public void What_it_changes_inside_of_a_list_or_an_object_is_kept()
    {
        var root = Sequence("s", Run("r", "Variable.Tags.Add(\"more\"); Variable.Free.deep.name = \"Bea\"; return new { Total = 2, When = DateTime.UnixEpoch };", "made"), ScriptLine("w", "variables.tags.join() + variables.free.deep.name + variables.made.Total + variables.made.When"));

        Run(root).ConsoleLines.Should().Equal("new,old,moreBea21970-01-01T00:00:00Z");
    }

    [Fact]
    public void A_script_chooses_the_outcome_and_reads_what_ran_before_it()
    {
        var first = Run("first", "return 20;");
        var second = Run("second", "Outcome.Set(\"Big\"); return Output.From<int>(\"first\", \"Result\") + (long)Output.LastResult;");
        var flow = Flowchart("f", [first, second, Line("big"), Line("done")], "first-second", "second:Big-big", "second-done");

        var run = Run(flow);

        run.ConsoleLines.Should().Equal("big");
        run.Journal.Single(j => j is { ActivityId: "second", EventName: "Completed" }).Outputs!["Result"].Should().Be(40L);
    }

    [Fact]
    public void Loops_hand_their_values_to_scripts()
    {
        var loop = Activity("Elsa.ForEach", "each").With("items", Input("Object", "[\"a\",\"b\"]")).With("body", Line("w").With("text", Input("C#", "Variable.CurrentValue.ToString() + Variable.CurrentIndex")));
        loop["items"]!["typeName"] = "ICollection<Object>";

        Run(loop).ConsoleLines.Should().Equal("a0", "b1");
    }

    [Theory]
    [InlineData("return Variables.Nobody;", "line 1, column 18", "Nobody")]
    [InlineData("var x = 1;\nreturn x +;", "line 2, column 11", "CS1525")]
    public void Code_that_does_not_compile_cannot_be_published_and_names_activity_input_and_place(string code, string place, string cause)
    {
        var reading = Read(Defined(Line("greet").With("text", Input("CSharp", code))), Trusting);

        var error = reading.Graph!.PublishErrors.Should().ContainSingle().Subject;
        error.Message.Should().Contain("'greet'").And.Contain("input 'text'").And.Contain(place).And.Contain(cause);
        Start(reading.Graph).NewIncidents.Should().ContainSingle().Which.Cause.Should().Contain(cause);
    }

    [Fact]
    public void The_script_of_an_activity_is_compiled_at_publish_too()
    {
        var error = Read(Defined(Run("r", "return 1 +;")), Trusting).Graph!.PublishErrors.Should().ContainSingle().Subject;

        error.Path.Should().Be("$.root.script");
    }

    [Fact]
    public void What_a_script_throws_is_an_incident_with_its_cause()
    {
        var incident = Run(Line("w").With("text", Input("CSharp", "throw new InvalidOperationException(\"no such order\");"))).NewIncidents.Should().ContainSingle().Subject;

        (incident.ActivityId, incident.Message, incident.Cause).Should().Be(("w", "Failed to evaluate activity input 'Text'", "no such order"));
    }

    [Theory]
    [InlineData("await Task.Delay(-1, CancellationToken); return 1;")]
    [InlineData("await new TaskCompletionSource().Task; return 1;")]
    [InlineData("while (true) CancellationToken.ThrowIfCancellationRequested();")]
    public void A_script_that_waits_or_looks_at_the_time_ends_with_it(string code)
    {
        var incident = Run(Line("w").With("text", Input("CSharp", code)), TimeSpan.FromMilliseconds(30)).NewIncidents.Should().ContainSingle().Subject;

        (incident.Code, incident.Cause).Should().Be(("ScriptLimit", "The script took too long."));
    }

    [Fact]
    public void The_same_code_is_compiled_once_for_as_long_as_a_definition_holds_it()
    {
        var compiler = new CSharpCompiler();
        var first = compiler.Compile(new CSharpCode("return 1;", [], []));

        compiler.Compile(new CSharpCode("return 1;", [], [])).Should().BeSameAs(first);
        compiler.Compile(new CSharpCode("return 1;", [new CSharpMember("count", "Int32", false)], [])).Should().NotBeSameAs(first);
    }

    [Fact]
    public async Task Code_that_no_definition_holds_any_more_is_unloaded()
    {
        var assembly = await Loaded();

        for (var round = 0; round < 20 && assembly.IsAlive; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        assembly.IsAlive.Should().BeFalse();
    }

    [Fact]
    public void Without_trust_the_activity_that_runs_C_sharp_cannot_be_published_and_is_named()
    {
        var graph = Read(Definition(Run("r", "1")))!.Graph!;

        graph.PublishErrors.Should().ContainSingle().Which.Message.Should().Contain("'r'").And.Contain("input 'script'").And.Contain("FlowEngine:Scripts:CSharp");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> Loaded()
    {
        var script = new CSharpCompiler().Compile(new CSharpCode("class Mine; return typeof(Mine).Assembly;", [], []));
        return new WeakReference(await script.Run!((CSharpGlobals)RuntimeHelpers.GetUninitializedObject(typeof(CSharpGlobals))));
    }

    private static JsonObject Run(string id, string code, string? into = null) => Activity("Elsa.RunCSharp", id)
        .With("script", Literal(code))
        .With("result", into is null ? null : new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = into } });

    private static RunResult Run(JsonObject root, TimeSpan? time = null)
    {
        var reading = Read(Defined(root), Trusting);
        reading.Errors.Should().BeEmpty();
        reading.Graph!.PublishErrors.Should().BeEmpty();
        return Start(reading.Graph, time);
    }

    private static JsonObject Defined(JsonObject root) => Definition(
        root,
        Variable("count", "Int32", "3"),
        Variable("tags", "String", "[\"new\",\"old\"]").With("isArray", true),
        Variable("order", "JSON", "{\"total\":10.5}"),
        Variable("free", "JSON", "{\"deep\":{\"name\":\"Ana\"}}"),
        Variable("due", "DateTimeOffset", "2026-03-01T00:00:00Z"),
        Variable("made")).With("inputs", JsonNode.Parse("""[{ "name": "name", "type": "String" }, { "name": "age", "type": "Int32" }]"""));

    private static RunResult Start(WorkflowGraph graph, TimeSpan? time = null) => Interpreter.Start(
        graph,
        new StartRequest(Guid.Empty, null, new Dictionary<string, object?> { ["name"] = "Eva", ["age"] = 33L }),
        new RunEnvironment { Now = DateTimeOffset.UnixEpoch, Seed = 1, Host = new SomebodyElse(), Limits = Limits.Default with { ScriptTime = time ?? TimeSpan.FromSeconds(20) } });

    private sealed class SomebodyElse : FlowEngine.Workflows.Expressions.IExpressionScope
    {
        public IReadOnlyDictionary<string, object?> Values { get; } = new Dictionary<string, object?> { ["lead"] = new Dictionary<string, object?> { ["name"] = "Luz" } };
    }
}
