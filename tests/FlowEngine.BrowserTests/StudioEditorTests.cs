using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>Each kind of editor that inputs have in the real Studio, and the text that is stored of what was typed there.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class StudioEditorTests(Stage stage)
{
    /// <summary>Name and type of each step, from the top down in two columns.</summary>
    private static readonly (string Name, string Type)[] Steps =
    [
        ("Starting", "FlowEngine.MessageReceived"), ("Saying", "FlowEngine.SendMessage"), ("Asking", "FlowEngine.AskQuestion"), ("Rating", "FlowEngine.Qualify"), ("Labelling", "FlowEngine.AddLabel"),
        ("Handing", "FlowEngine.HandOff"), ("Writing", "Elsa.WriteLine"), ("Switching", "Elsa.FlowSwitch"), ("Counting", "Elsa.SetVariable"), ("Calling", "Elsa.DispatchWorkflow"),
        ("Requesting", "Elsa.FlowSendHttpRequest"), ("Listening", "Elsa.HttpEndpoint"), ("Sleeping", "Elsa.Delay"), ("Forking", "Elsa.FlowFork"),
    ];

    [SkippableFact]
    public async Task What_is_typed_into_each_kind_of_editor_is_stored_and_published()
    {
        stage.Require();
        using var machine = stage.Machine();
        (await machine.PostAsJsonAsync("/api/templates", new { name = "aviso", language = "es", body = "Hola", status = "APPROVED" })).EnsureSuccessStatusCode();
        (await machine.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = All() })).EnsureSuccessStatusCode();
        await using var alma = await stage.Visit("en-GB", Drawing.Wide, 1900);
        await alma.SignIn(Stage.Admin);
        var drawing = new Drawing(alma.Page);
        await drawing.Open("editores");
        await Expect(drawing.Step("Starting")).ToBeVisibleAsync(new() { Timeout = Drawing.Patience });

        await Conversation(drawing, alma);
        await Choices(drawing, alma);
        await Tables(drawing, alma);
        await drawing.Publish();
        await Expect(drawing.Snackbar("published").First).ToBeVisibleAsync();

        var stored = (await machine.GetFromJsonAsync<JsonNode>("/elsa/api/workflow-definitions/by-definition-id/editores"))!;
        stored["isPublished"]!.GetValue<bool>().Should().BeTrue();
        OfConversation(stored);
        OfChoices(stored);
        OfTables(stored);
        alma.Errors.Should().BeEmpty();
    }

    private static async Task Conversation(Drawing drawing, Visitor alma)
    {
        await drawing.Select("Starting");
        await drawing.Choose("Connection", "WhatsApp (demo)");
        await drawing.Add("Keywords", "precio");
        await drawing.Add("Keywords", "cuánto cuesta");
        await drawing.Tick("First message only");
        await drawing.Keep("Text", "Total");
        await drawing.Select("Saying");
        await drawing.Script("Text", "Liquid", "Hola {{ lead.name");
        await drawing.Choose("Template", "aviso");
        await drawing.Select("Asking");
        await drawing.Type("Question", "¿Qué necesitas?\nPuedes elegir.");
        await drawing.Choose("Answer", "One of the choices");
        await drawing.Type("Choices", "Comprar | compra\nAyuda | ayuda | socorro");
        await drawing.Type("Retries", "3");
        await drawing.Type("Wait at most", "1.04:30:00");
        await alma.Picture("studio-editors-question");
        await drawing.Select("Rating");
        await drawing.Code("Rules", """[{ "field": "budget", "operator": "greater", "value": 1000, "points": 40 }]""");
        await alma.Picture("studio-editors-json");
    }

    private static async Task Choices(Drawing drawing, Visitor alma)
    {
        await drawing.Select("Labelling");
        await drawing.Choose("Label", "lead-caliente");
        await drawing.Select("Handing");
        await drawing.Choose("Department", "Ventas");
        await drawing.Choose("Agent", Stage.Ana.Name);
        await drawing.Select("Writing");
        await drawing.Script("Text", "JavaScript", "'Total: ' + getVariable('Total'");
        await drawing.Select("Counting");
        await drawing.Choose("Variable", "Total");
        await drawing.Type("Value", "7");
        await drawing.Select("Listening");
        await drawing.Type("Path", "pedidos/{id}");
        await drawing.Check("POST");
        await alma.Picture("studio-editors-endpoint");
        await drawing.Select("Sleeping");
        await drawing.Type("Duration", "00:05:00");
        await drawing.Select("Forking");
        await drawing.Add("Branches", "Norte");
    }

    private static async Task Tables(Drawing drawing, Visitor alma)
    {
        await drawing.Select("Switching");
        await drawing.AddCase("Caro", "getVariable('Total') > 5");
        await alma.Picture("studio-editors-cases");
        await drawing.Select("Calling");
        await drawing.AddEntry("Input", "ciudad", "Toledo");
        await drawing.Choose("Workflow", "Calificación y derivación");
        await alma.Picture("studio-editors-dictionary");
        await drawing.Select("Requesting");
        await drawing.Add("Expected status codes", "404");
        await drawing.Type("Address", "https://example.com/pedidos");
        await drawing.Code("Headers", """{ "X-Origen": "flujo" }""");
    }

    private static void OfConversation(JsonNode stored)
    {
        Value(stored, "Starting", "connection").Should().Be(("Literal", "demo"));
        Words(stored, "Starting", "keywords").Should().Equal("precio", "cuánto cuesta");
        Value(stored, "Starting", "firstOnly").Should().Be(("Literal", "True"));
        Step(stored, "Starting")["result"]!["memoryReference"]!["id"]!.ToString().Should().Be("total");
        Value(stored, "Saying", "text").Should().Be(("Liquid", "Hola {{ lead.name}}"));
        Value(stored, "Saying", "template").Should().Be(("Literal", "aviso"));
        Value(stored, "Asking", "text").Should().Be(("Literal", "¿Qué necesitas?\nPuedes elegir."));
        Value(stored, "Asking", "answerType").Should().Be(("Literal", "Choice"));
        Value(stored, "Asking", "choices").Should().Be(("Literal", "Comprar | compra\nAyuda | ayuda | socorro"));
        Value(stored, "Asking", "retries").Should().Be(("Literal", "3"));
        Value(stored, "Asking", "timeout").Should().Be(("Literal", "1.04:30:00"));
        JsonNode.Parse(Value(stored, "Rating", "rules").Value)![0]!["points"]!.GetValue<int>().Should().Be(40);
    }

    private static void OfChoices(JsonNode stored)
    {
        Value(stored, "Labelling", "label").Should().Be(("Literal", "lead-caliente"));
        Value(stored, "Handing", "department").Should().Be(("Literal", "ventas"));
        Guid.TryParse(Value(stored, "Handing", "agent").Value, out _).Should().BeTrue("an agent is stored by id");
        Value(stored, "Writing", "text").Should().Be(("JavaScript", "'Total: ' + getVariable('Total')"));
        Step(stored, "Counting")["variable"]!["id"]!.ToString().Should().Be("total");
        Value(stored, "Counting", "value").Should().Be(("Literal", "7"));
        Value(stored, "Listening", "path").Should().Be(("Literal", "pedidos/{id}"));
        Words(stored, "Listening", "supportedMethods").Should().Equal("POST");
        Value(stored, "Sleeping", "timeSpan").Should().Be(("Literal", "00:05:00"));
        Words(stored, "Forking", "branches").Should().Equal("Norte");
    }

    private static void OfTables(JsonNode stored)
    {
        var drawn = Step(stored, "Switching")["cases"]!.AsArray().Should().ContainSingle().Which!;
        drawn["label"]!.ToString().Should().Be("Caro");
        drawn["condition"]!["type"]!.ToString().Should().Be("JavaScript", "conditions are written in it");
        drawn["condition"]!["value"]!.ToString().Should().Be("getVariable('Total') > 5");
        Value(stored, "Calling", "workflowDefinitionId").Should().Be(("Literal", "calificacion-y-derivacion"));
        JsonNode.Parse(Value(stored, "Calling", "input").Value)!["ciudad"]!["value"]!.ToString().Should().Be("Toledo");
        Words(stored, "Requesting", "expectedStatusCodes").Should().Equal("200", "404");
        Value(stored, "Requesting", "url").Should().Be(("Literal", "https://example.com/pedidos"));
        JsonNode.Parse(Value(stored, "Requesting", "requestHeaders").Value)!["X-Origen"]!.ToString().Should().Be("flujo");
    }

    private static IEnumerable<string> Words(JsonNode stored, string step, string input)
    {
        var (type, value) = Value(stored, step, input);
        type.Should().Be("Object");
        return JsonNode.Parse(value)!.AsArray().Select(w => w!.ToString());
    }

    private static (string Type, string Value) Value(JsonNode stored, string step, string input)
    {
        var expression = Step(stored, step)[input]!["expression"]!;
        return (expression["type"]!.ToString(), expression["value"]!.ToString());
    }

    private static JsonNode Step(JsonNode stored, string name) => stored["root"]!["activities"]!.AsArray().Single(a => a!["name"]!.ToString() == name)!;

    private static JsonObject All() => new()
    {
        ["definitionId"] = "editores",
        ["name"] = "Editores",
        ["variables"] = new JsonArray(new JsonObject { ["id"] = "total", ["name"] = "Total", ["typeName"] = "Object" }),
        ["root"] = new JsonObject
        {
            ["id"] = "f",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["connections"] = new JsonArray(),
            ["activities"] = new JsonArray([.. Steps.Select((s, i) => new JsonObject
            {
                ["id"] = $"s{i}", ["type"] = s.Type, ["version"] = 1, ["name"] = s.Name,
                ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 60 + (i % 2 * 330), ["y"] = 60 + (i / 2 * 110) } } },
            })]),
        },
    };
}
