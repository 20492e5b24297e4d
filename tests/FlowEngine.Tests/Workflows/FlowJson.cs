using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Tests.Workflows;

/// <summary>Small definitions for tests, written as code.</summary>
internal static class FlowJson
{
    public static JsonObject Definition(JsonObject root, params JsonObject[] variables) => new()
    {
        ["id"] = "flow-v1",
        ["definitionId"] = "flow",
        ["version"] = 1,
        ["variables"] = new JsonArray([.. variables]),
        ["root"] = root,
    };

    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        json[name] = value;
        return json;
    }

    public static JsonObject Activity(string type, string id) => new() { ["id"] = id, ["type"] = type };

    public static JsonObject Line(string id, string? text = null) => Activity("Elsa.WriteLine", id).With("text", Literal(text ?? id));

    public static JsonObject ScriptLine(string id, string code) => Activity("Elsa.WriteLine", id).With("text", Script(code));

    public static JsonObject Event(string id, string? name = null) => Activity("Elsa.Event", id).With("eventName", Literal(name ?? id));

    public static JsonObject Script(string code) => Input("JavaScript", code);

    public static JsonObject Literal(JsonNode value) => Input("Literal", value);

    public static JsonObject Liquid(string text) => Input("Liquid", text);

    public static JsonObject Input(string type, JsonNode value) =>
        new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Variable(string name, string type = "Object", JsonNode? value = null, bool isKept = true) => new()
    {
        ["id"] = name,
        ["name"] = name,
        ["typeName"] = type,
        ["value"] = value,
        ["storageDriverTypeName"] = isKept ? "WorkflowInstanceStorageDriver" : null,
    };

    public static JsonObject Set(string id, string variable, JsonObject value) =>
        Activity("Elsa.SetVariable", id).With("variable", new JsonObject { ["id"] = variable, ["name"] = variable }).With("value", value);

    public static JsonObject Sequence(string id, params JsonObject[] activities) =>
        Activity("Elsa.Sequence", id).With("activities", new JsonArray([.. activities]));

    public static JsonObject Fork(string id, string mode, params JsonObject[] branches) =>
        Activity("Elsa.Fork", id).With("joinMode", mode).With("branches", new JsonArray([.. branches]));

    /// <summary>Connections as <c>a-b</c>, or <c>a:Port-b</c>.</summary>
    public static JsonObject Flowchart(string id, JsonObject[] activities, params string[] connections) => Activity("Elsa.Flowchart", id)
        .With("activities", new JsonArray([.. activities]))
        .With("connections", new JsonArray([.. connections.Select(Connection)]));

    public static DefinitionReading Read(JsonNode definition, ActivityCatalog? catalog = null) =>
        DefinitionReader.Read(Encoding.UTF8.GetBytes(definition.ToJsonString()), catalog ?? BuiltIn.Catalog);

    public static WorkflowGraph Graph(JsonObject root, params JsonObject[] variables)
    {
        var reading = Read(Definition(root, variables));
        reading.Errors.Should().BeEmpty();
        return reading.Graph!;
    }

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);

    private static JsonObject Connection(string text)
    {
        var ends = text.Split('-');
        var source = ends[0].Split(':');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }
}
