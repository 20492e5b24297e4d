using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Engine.Flows;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Benchmarks;

/// <summary>The flows that the real Elsa was measured with, by shape.</summary>
internal static class RunFlows
{
    public const string Event = "next";

    /// <summary>Ten activities: four variables set, two decisions, a switch with two cases, three lines. With scripts, eleven expressions are evaluated.</summary>
    public static WorkflowGraph Ten(bool scripts)
    {
        JsonObject Value(JsonNode literal, string script) => Input(scripts ? "JavaScript" : "Literal", scripts ? script : literal);
        var activities = new JsonArray(
            Set("s1", Value("Ana", "'Ana'")), Set("s2", Value(7, "3 + 4")), Set("s3", Value("es", "'es'")), Set("s4", Value(true, "getV2() > 5")),
            Activity("Elsa.FlowDecision", "d1", ("condition", Value(true, "getV2() === 7"))), Activity("Elsa.FlowDecision", "d2", ("condition", Value(true, "getV4() === true"))),
            Activity("Elsa.FlowSwitch", "sw", ("cases", new JsonArray(Case("es", scripts ? "getV3() === 'es'" : "true"), Case("pt", scripts ? "getV3() === 'pt'" : "false"))), ("mode", Input("Literal", "MatchFirst"))),
            Line("w1", Value("hola", "'hola ' + getV1()")), Line("w2", Value("7", "'' + getV2()")), Line("w3", Value("fin", "'fin ' + getV3()")));
        return Read("ten", Flowchart(activities, "s1-s2", "s2-s3", "s3-s4", "s4-d1", "d1:True-d2", "d2:True-sw", "sw:es-w1", "w1-w2", "w2-w3"));
    }

    /// <summary>Waits for an event again and again, with three activities between two waits.</summary>
    public static WorkflowGraph Waiting() => Read("waiting", Flowchart(
        new JsonArray(
            Activity("Elsa.Event", "e", ("eventName", Input("Literal", Event))), Set("s1", Input("Literal", "x")), Line("w1", Input("Literal", "heard")), Set("s2", Input("Literal", 2))),
        "e-s1", "s1-w1", "w1-s2", "s2-e"));

    private static WorkflowGraph Read(string id, JsonObject root)
    {
        var variables = new JsonArray([.. Enumerable.Range(1, 4).Select(i => new JsonObject { ["id"] = $"v{i}", ["name"] = $"V{i}", ["typeName"] = "Object", ["storageDriverTypeName"] = "WorkflowInstanceStorageDriver" })]);
        var definition = new JsonObject { ["id"] = id + "-v1", ["definitionId"] = id, ["version"] = 1, ["variables"] = variables, ["root"] = root };
        return DefinitionReader.Read(Encoding.UTF8.GetBytes(definition.ToJsonString()), FlowActivities.Catalog).Graph ?? throw new InvalidOperationException("The flow cannot be read.");
    }

    private static JsonObject Flowchart(JsonArray activities, params string[] connections) => Activity("Elsa.Flowchart", "f", ("activities", activities), ("connections", new JsonArray([.. connections.Select(Connection)])));

    private static JsonObject Connection(string text)
    {
        var (ends, source) = (text.Split('-'), text.Split('-')[0].Split(':'));
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }

    private static JsonObject Case(string label, string condition) =>
        new() { ["label"] = label, ["condition"] = new JsonObject { ["type"] = condition is "true" or "false" ? "Literal" : "JavaScript", ["value"] = condition } };

    private static JsonObject Set(string id, JsonObject value) =>
        Activity("Elsa.SetVariable", id, ("variable", new JsonObject { ["id"] = id.Replace('s', 'v'), ["name"] = id.Replace('s', 'V') }), ("value", value));

    private static JsonObject Line(string id, JsonObject text) => Activity("Elsa.WriteLine", id, ("text", text));

    private static JsonObject Input(string type, JsonNode value) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value.DeepClone() } };

    private static JsonObject Activity(string type, string id, params (string Name, JsonNode Value)[] more)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type };
        foreach (var (name, value) in more)
        {
            activity[name] = value;
        }

        return activity;
    }
}
