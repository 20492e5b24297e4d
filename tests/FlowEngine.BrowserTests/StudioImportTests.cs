using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>Exported runs are brought in by the Studio's own menu.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class StudioImportTests(Stage stage)
{
    [SkippableFact]
    public async Task A_run_comes_in_by_the_menu_of_the_list_and_a_file_that_is_none_says_so()
    {
        stage.Require();
        using var machine = stage.Machine();
        (await machine.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = JsonNode.Parse(Flow), publish = true })).EnsureSuccessStatusCode();
        var started = await machine.PostAsJsonAsync("/elsa/api/workflow-definitions/traida/execute", new { });
        var id = started.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var file = await machine.GetByteArrayAsync($"/elsa/api/workflow-instances/{id}/export");
        (await machine.DeleteAsync($"/elsa/api/workflow-instances/{id}")).EnsureSuccessStatusCode();

        await using var alma = await stage.Visit("es-ES", Drawing.Wide, Drawing.High);
        await alma.SignIn(Stage.Admin);
        await alma.Page.GotoAsync("/studio/instances");
        await Import(alma.Page, "nada.json", "{}"u8.ToArray());
        await Expect(alma.Page.Locator("#studio-findings")).ToContainTextAsync("No se importó nada");
        await Expect(alma.Page.Locator("#studio-findings")).ToContainTextAsync("nada.json: The file is no exported run");
        await alma.Picture("studio-import-refused");
        alma.Errors.Should().OnlyContain(e => e.Contains("400", StringComparison.Ordinal), "the browser itself notes that the call was refused");

        await Import(alma.Page, "run.json", file);
        await Expect(new Drawing(alma.Page).Snackbar("Successfully imported")).ToBeVisibleAsync();
        await Expect(alma.Page.Locator("#studio-findings")).ToBeHiddenAsync();
        await Expect(alma.Page.Locator("tbody")).ToContainTextAsync(id);

        await alma.Page.GotoAsync($"/studio/instances/{id}");
        await Expect(new Drawing(alma.Page).Step("Saluda")).ToBeVisibleAsync(new() { Timeout = Drawing.Patience });
        await Expect(alma.Page.GetByTestId("history")).ToHaveTextAsync("Historia importada: no continúa aquí");
        await alma.Picture("studio-import-viewer");
    }

    private static async Task Import(IPage page, string name, byte[] content)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions", Exact = true }).First.ClickAsync(new() { Timeout = Drawing.Patience });
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Locator(".mud-popover-open .mud-menu-item").Filter(new() { HasText = "Import" }).ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = name, MimeType = "application/json", Buffer = content });
    }

    private const string Flow =
        """
        { "definitionId": "traida", "name": "Traída", "root": { "id": "F", "type": "Elsa.Flowchart", "version": 1, "connections": [], "activities": [
          { "id": "w", "type": "Elsa.WriteLine", "version": 1, "name": "Saluda", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hola" } }, "metadata": { "designer": { "position": { "x": 60, "y": 100 } } } } ] } }
        """;
}
