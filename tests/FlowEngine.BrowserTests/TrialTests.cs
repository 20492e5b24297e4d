using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>A flow that asks another system and the assistant, tried to its end before anybody else sees it.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class TrialTests(Stage stage)
{
    [SkippableFact]
    public async Task A_flow_that_asks_another_system_and_the_assistant_is_tried_with_an_answer_that_is_made_up()
    {
        stage.Require();
        using var machine = stage.Machine();
        (await machine.PostAsJsonAsync("/api/knowledge", new { title = "Cocinas", body = "¿Cuánto dura la garantía de las cocinas?\n\nLa garantía de las cocinas dura cinco años.", language = "es" })).EnsureSuccessStatusCode();
        (await machine.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = JsonNode.Parse(Flow) })).EnsureSuccessStatusCode();
        await using var alma = await stage.Visit();
        await alma.SignIn(Stage.Admin);
        var page = alma.Page;
        await alma.Open("/flows/consulta/try", "trial");
        await Expect(page.GetByTestId("trial-model")).ToHaveCountAsync(0);
        await Wrote(alma, "Hola");
        await Says(alma, "Ahora no sé el precio.");
        await Expect(page.GetByTestId("trial-asked")).ToContainTextAsync("https://tienda.example/precio");

        await page.GetByTestId("trial-requests").SelectOptionAsync("Answer");
        await page.GetByTestId("trial-body").FillAsync("""{ "precio": 120 }""");
        await page.GetByTestId("trial-again").ClickAsync();
        await Expect(page.GetByTestId("trial-line")).ToHaveCountAsync(0);
        await Wrote(alma, "Hola");
        await Says(alma, "Cuesta 120 euros. ¿Qué más quieres saber?");
        await Wrote(alma, "¿Cuánto dura la garantía de las cocinas?");
        await Says(alma, "dura cinco años");
        await alma.Picture("trial-outside");
        await page.SetViewportSizeAsync(420, 900);
        await alma.Picture("trial-outside-phone");
        alma.Errors.Should().BeEmpty();
    }

    private static async Task Wrote(Visitor alma, string text)
    {
        await alma.Page.GetByTestId("trial-text").FillAsync(text);
        await alma.Page.GetByTestId("trial-send").ClickAsync();
    }

    private static async Task Says(Visitor alma, string text) =>
        await Expect(alma.Page.GetByTestId("trial-line").Filter(new() { HasText = text })).ToBeVisibleAsync();

    private const string Flow =
        """
        { "definitionId": "consulta", "name": "Consulta", "variables": [ { "id": "precio", "name": "Precio", "typeName": "Object", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ], "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "activities": [
          { "id": "m", "type": "FlowEngine.MessageReceived", "version": 1, "name": "Starting", "customProperties": { "canStartWorkflow": true } },
          { "id": "r", "type": "Elsa.FlowSendHttpRequest", "version": 1, "name": "Requesting", "url": { "typeName": "Uri", "expression": { "type": "Literal", "value": "https://tienda.example/precio" } },
            "parsedContent": { "typeName": "Object", "memoryReference": { "id": "precio" } } },
          { "id": "n", "type": "FlowEngine.SendMessage", "version": 1, "name": "Sorry", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "Ahora no sé el precio." } } },
          { "id": "q", "type": "FlowEngine.AskQuestion", "version": 1, "name": "Asking",
            "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'Cuesta ' + getVariable('Precio').precio + ' euros. ¿Qué más quieres saber?'" } } },
          { "id": "a", "type": "FlowEngine.AiReply", "version": 1, "name": "Answering" },
          { "id": "h", "type": "FlowEngine.HandOff", "version": 1, "name": "Handing", "department": { "typeName": "String", "expression": { "type": "Literal", "value": "ventas" } } } ],
          "connections": [
            { "source": { "activity": "m", "port": "Done" }, "target": { "activity": "r", "port": "In" } },
            { "source": { "activity": "r", "port": "200" }, "target": { "activity": "q", "port": "In" } },
            { "source": { "activity": "r", "port": "Failed to connect" }, "target": { "activity": "n", "port": "In" } },
            { "source": { "activity": "n", "port": "Done" }, "target": { "activity": "h", "port": "In" } },
            { "source": { "activity": "q", "port": "Answered" }, "target": { "activity": "a", "port": "In" } },
            { "source": { "activity": "a", "port": "Answered" }, "target": { "activity": "h", "port": "In" } } ] } }
        """;
}
