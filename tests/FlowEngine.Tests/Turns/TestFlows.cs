using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.Tests.Turns;

/// <summary>Small definitions in Elsa's JSON, built by hand: nodes in a flowchart, connected one after another by Done unless said otherwise.</summary>
public static class TestFlows
{
    /// <summary>Asks for a name, thanks in two bubbles, and hands off to ventas.</summary>
    public static string NameThenHandOff { get; } = Chain(
        "greeting",
        Trigger(),
        Node("ask", "AskQuestion", ("text", "¿Cómo te llamas?"), ("saveAs", "name")),
        Node("thanks", "SendMessage", ("text", "Gracias")),
        Node("wait", "SendMessage", ("text", "Un momento")),
        Node("hand", "HandOff", ("department", "ventas"), ("words", "Te atiende una persona"), ("reason", "calificado")));

    /// <summary>Three bubbles in one burst, then a question.</summary>
    public static string ThreeBubbles { get; } = Chain(
        "bubbles",
        Trigger(),
        Node("one", "SendMessage", ("text", "uno")),
        Node("two", "SendMessage", ("text", "dos")),
        Node("three", "SendMessage", ("text", "tres")),
        Node("ask", "AskQuestion", ("text", "¿Sigues ahí?"), ("saveAs", "there")));

    /// <summary>Says one thing and faults.</summary>
    public static string Faulty { get; } = Chain(
        "faulty",
        Trigger(),
        Node("hello", "SendMessage", ("text", "Hola")),
        Elsa("boom", "Elsa.Fault", ("code", "E1"), ("message", "roto")));

    /// <summary>Asks with a timeout of ten minutes; the timeout says goodbye and finalizes.</summary>
    public static string AskWithTimeout { get; } = Flow(
        "patient",
        [
            Trigger(),
            Node("ask", "AskQuestion", ("text", "¿Tu nombre?"), ("saveAs", "name"), ("timeout", "00:10:00")),
            Node("thanks", "SendMessage", ("text", "Gracias")),
            Node("bye", "Finalize", ("words", "Hasta luego"), ("reason", "silencio")),
        ],
        ("start", "Done", "ask"), ("ask", "Answered", "thanks"), ("ask", "Timeout", "bye"), ("thanks", "Done", "bye"));

    public static JsonObject Trigger(params (string Name, object Value)[] inputs) => Node("start", "MessageReceived", inputs).With("canStartWorkflow", true);

    /// <summary>Starts only by this word.</summary>
    public static JsonObject TriggerBy(string keyword) => Trigger(("keywords", new[] { keyword }), ("match", "Exact"));

    public static JsonObject Node(string id, string type, params (string Name, object Value)[] inputs) => Elsa(id, $"FlowEngine.{type}", inputs);

    public static JsonObject Elsa(string id, string type, params (string Name, object Value)[] inputs)
    {
        var node = new JsonObject
        {
            ["id"] = id,
            ["type"] = type,
            ["version"] = 1,
            ["name"] = id,
            ["customProperties"] = new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false },
        };
        foreach (var (name, value) in inputs)
        {
            node[name] = new JsonObject
            {
                ["typeName"] = "String",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = JsonSerializer.SerializeToNode(value) },
            };
        }

        return node;
    }

    public static string Chain(string id, params JsonObject[] nodes) => Flow(
        id,
        nodes,
        [.. nodes.Zip(nodes.Skip(1), (from, to) => (from["id"]!.ToString(), from["type"]!.ToString() == "FlowEngine.AskQuestion" ? "Answered" : "Done", to["id"]!.ToString()))]);

    public static string Flow(string id, JsonObject[] nodes, params (string From, string Port, string To)[] connections) => new JsonObject
    {
        ["id"] = $"{id}-v1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray([.. nodes.Select(n => n.DeepClone())]),
            ["connections"] = new JsonArray([.. connections.Select(c => new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = c.From, ["port"] = c.Port },
                ["target"] = new JsonObject { ["activity"] = c.To, ["port"] = "In" },
            })]),
        },
    }.ToJsonString();

    private static JsonObject With(this JsonObject node, string property, bool value)
    {
        node["customProperties"]![property] = value;
        return node;
    }
}
