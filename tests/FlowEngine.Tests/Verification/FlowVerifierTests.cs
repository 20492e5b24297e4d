using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Engine.Verification;
using FlowEngine.Tests.Architecture;
using FlowEngine.Workflows.Activities;

namespace FlowEngine.Tests.Verification;

public sealed class FlowVerifierTests
{
    private const string Start = """{ "id": "start", "name": "Start", "type": "FlowEngine.MessageReceived", "customProperties": { "canStartWorkflow": true } }""";
    private const string People = """{ "id": "people", "name": "People", "type": "FlowEngine.HandOff", "department": { "typeName": "String", "expression": { "type": "Literal", "value": "sales" } } }""";

    private static readonly ActivityCatalog Catalog = new([.. BuiltIn.All, .. ConversationActivity.All]);

    private static readonly CompanyFacts Company = new(new HashSet<string> { "sales", "night" }, new HashSet<string> { "sales" }, new HashSet<string>());

    [Fact]
    public void A_flow_that_answers_and_hands_off_has_no_findings()
    {
        Codes(Flow([Start, Say("hi"), People], "start>hi", "hi>people")).Should().BeEmpty();
    }

    [Fact]
    public void A_step_that_nothing_leads_to_is_named()
    {
        var found = Check(Flow([Start, Say("lost"), People], "start>people")).Single();
        (found.Code, found.ActivityId, found.Severity).Should().Be(("unreachable", "lost", FindingSeverity.Warning));
        found.Message.Should().Contain("'lost'");
    }

    [Fact]
    public void A_kind_that_this_server_does_not_have_cannot_be_published()
    {
        var found = Check(Flow([Start, """{ "id": "x", "type": "Acme.Rocket" }""", People], "start>x", "x>people"))[0];
        (found.Code, found.Severity).Should().Be(("unknownType", FindingSeverity.Error));
        FlowVerifier.Verify(Bytes(Flow([Start, """{ "id": "x", "type": "Acme.Rocket" }"""], "start>x")), Catalog, Company).Graph.Should().BeNull();
    }

    [Fact]
    public void A_way_out_that_a_step_does_not_have_is_named_and_those_of_its_own_inputs_are_known()
    {
        const string byTopic = """{ "id": "topic", "name": "Topic", "type": "Elsa.FlowSwitch", "cases": [ { "label": "Prices", "condition": { "type": "JavaScript", "value": "true" } } ] }""";
        Codes(Flow([Start, byTopic, People], "start>topic", "topic:Prices>people", "topic:Default>people")).Should().BeEmpty();
        Codes(Flow([Start, byTopic, People], "start>topic", "topic:Prices>people", "topic:Default>people", "topic:Offers>people")).Should().Equal("unknownOutcome");
    }

    [Theory]
    [InlineData("CSharp")]
    [InlineData("Python")]
    public void Expressions_of_languages_that_are_not_run_here_are_refused_by_activity_and_input(string language)
    {
        var say = $$"""{ "id": "say", "name": "Greeting", "type": "FlowEngine.SendMessage", "text": { "typeName": "String", "expression": { "type": "{{language}}", "value": "1" } } }""";
        var found = Check(Flow([Start, say, People], "start>say", "say>people")).Single();
        found.Severity.Should().Be(FindingSeverity.Error);
        found.Message.Should().Contain("Greeting").And.Contain(".text").And.Contain(language);
    }

    [Fact]
    public void A_question_without_a_time_to_wait_is_named_unless_it_has_one()
    {
        Codes(Flow([Start, Ask("q"), People], "start>q", "q:Answered>people", "q:Invalid>people")).Should().Equal("noTimeout");
        Codes(Flow([Start, Ask("q", "04:00:00"), People], "start>q", "q:Answered>people", "q:Invalid>people", "q:Timeout>people")).Should().BeEmpty();
    }

    [Fact]
    public void A_way_that_ends_with_nobody_is_named_by_step_and_outcome()
    {
        var found = Check(Flow([Start, Ask("q", "04:00:00"), People], "start>q", "q:Answered>people", "q:Invalid>people")).Single();
        found.Code.Should().Be("openEnd");
        found.Message.Should().Contain("'q'").And.Contain("Timeout");

        var nobody = Flow([Start, Say("bye")], "start>bye");
        nobody["customProperties"] = new JsonObject { ["FlowEngine:OnComplete"] = "nobody" };
        Check(nobody).Single().Message.Should().Contain("nobody owns");
        nobody["customProperties"]!["FlowEngine:OnComplete"] = "finalize";
        Check(nobody).Should().BeEmpty("the flow says what becomes of it");
    }

    [Fact]
    public void Free_text_after_a_day_of_silence_needs_a_template()
    {
        const string wait = """{ "id": "wait", "name": "Wait", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "1.00:00:00" } } }""";
        Codes(Flow([Start, wait, Say("again"), People], "start>wait", "wait>again", "again>people")).Should().Equal("windowClosed");
        Codes(Flow([Start, wait, Say("again", template: "hello"), People], "start>wait", "wait>again", "again>people")).Should().BeEmpty();
        Codes(Flow([Start, Ask("q", "12:00:00"), Ask("r", "12:00:00"), Say("late"), People],
            "start>q", "q:Answered>people", "q:Invalid>people", "q:Timeout>r", "r:Answered>people", "r:Invalid>people", "r:Timeout>late", "late>people")).Should().Equal("windowClosed");
        Codes(Flow([Start.Replace("MessageReceived", "ConversationStarted", StringComparison.Ordinal), Say("hi"), People], "start>hi", "hi>people")).Should().Equal("windowClosed");
    }

    [Fact]
    public void A_loop_without_a_wait_is_named_once_and_one_that_waits_is_not()
    {
        const string count = """{ "id": "count", "name": "Count", "type": "Elsa.SetName" }""";
        Codes(Flow([Start, Say("a"), count, People], "start>a", "a>count", "count>a", "a>people")).Should().Equal("loop");
        Codes(Flow([Start, Ask("q", "01:00:00"), Say("a"), People], "start>q", "q:Answered>a", "a>q", "q:Invalid>people", "q:Timeout>people")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("null", "forgetsVariable")]
    [InlineData("\"MemoryStorageDriver\"", "forgetsVariable")]
    [InlineData("\"WorkflowInstanceStorageDriver\"", null)]
    public void A_variable_that_no_driver_keeps_over_a_wait_for_the_lead_is_named(string driver, string? code)
    {
        var flow = Flow([Start, Ask("q", "01:00:00"), People], "start>q", "q:Answered>people", "q:Invalid>people", "q:Timeout>people");
        flow["variables"] = JsonNode.Parse($$"""[ { "id": "v", "name": "City", "typeName": "String", "storageDriverTypeName": {{driver}} } ]""");
        Codes(flow).Should().Equal(code is null ? [] : [code]);
    }

    [Fact]
    public void A_department_without_people_or_without_existence_is_named()
    {
        Codes(Flow([Start, People.Replace("\"sales\"", "\"night\"", StringComparison.Ordinal)], "start>people")).Should().Equal("emptyDepartment");
        Codes(Flow([Start, People.Replace("\"sales\"", "\"moon\"", StringComparison.Ordinal)], "start>people")).Should().Equal("noDepartment");
        Codes(Flow([Start, """{ "id": "people", "type": "FlowEngine.HandOff" }"""], "start>people")).Should().Equal("noTarget");
    }

    [Fact]
    public void A_flow_that_talks_with_nobody_is_not_judged_by_the_rules_of_conversations()
    {
        Codes(Flow(["""{ "id": "e", "type": "Elsa.Event" }""", """{ "id": "w", "type": "Elsa.WriteLine" }"""], "e>w")).Should().BeEmpty();
    }

    [Fact]
    public void The_flows_that_come_with_the_product_have_no_findings()
    {
        foreach (var file in SourceTree.Files(["flows"], ".json"))
        {
            var (departments, _) = Server.Flows.NeededByFlow.Named(JsonNode.Parse(SourceTree.Read(file))!);
            var staffed = departments.ToHashSet();
            FlowVerifier.Verify(Encoding.UTF8.GetBytes(SourceTree.Read(file)), Catalog, new CompanyFacts(staffed, staffed, staffed)).Findings.Select(f => f.Message).Should().BeEmpty(file);
        }
    }

    private static IEnumerable<string> Codes(JsonObject flow) => Check(flow).Select(f => f.Code);

    private static IReadOnlyList<Finding> Check(JsonObject flow) => FlowVerifier.Verify(Bytes(flow), Catalog, Company).Findings;

    private static byte[] Bytes(JsonObject flow) => Encoding.UTF8.GetBytes(flow.ToJsonString());

    private static string Say(string id, string? template = null) =>
        $$"""{ "id": "{{id}}", "name": "{{id}}", "type": "FlowEngine.SendMessage", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "Hi" } }{{(template is null ? "" : $", \"template\": {{ \"typeName\": \"String\", \"expression\": {{ \"type\": \"Literal\", \"value\": \"{template}\" }} }}")}} }""";

    private static string Ask(string id, string? timeout = null) =>
        $$"""{ "id": "{{id}}", "name": "{{id}}", "type": "FlowEngine.AskQuestion", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "?" } }{{(timeout is null ? "" : $", \"timeout\": {{ \"typeName\": \"TimeSpan\", \"expression\": {{ \"type\": \"Literal\", \"value\": \"{timeout}\" }} }}")}} }""";

    /// <param name="ways">Connections as <c>from:Outcome>to</c>; Done where none is said.</param>
    private static JsonObject Flow(string[] activities, params string[] ways) => new()
    {
        ["definitionId"] = "f",
        ["root"] = new JsonObject
        {
            ["type"] = "Elsa.Flowchart",
            ["id"] = "root",
            ["activities"] = new JsonArray([.. activities.Select(a => JsonNode.Parse(a))]),
            ["connections"] = new JsonArray([.. ways.Select(w => w.Split('>')).Select(w => (JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = w[0].Split(':')[0], ["port"] = w[0].Contains(':', StringComparison.Ordinal) ? w[0].Split(':')[1] : "Done" },
                ["target"] = new JsonObject { ["activity"] = w[1], ["port"] = "In" },
            })]),
        },
    };
}
