using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>Definitions that come and go in the real Studio: earlier versions, files of other servers, two who edit, one who may only look.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class StudioDefinitionTests(Stage stage)
{
    [SkippableFact]
    public async Task An_earlier_version_comes_back_a_file_of_another_server_is_taken_and_who_comes_second_is_told()
    {
        stage.Require();
        using var machine = stage.Machine();
        foreach (var name in new[] { "Primera", "Segunda" })
        {
            (await machine.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = One(name), publish = true })).EnsureSuccessStatusCode();
        }

        await using var alma = await stage.Visit("en-GB", Drawing.Wide, Drawing.High);
        await alma.SignIn(Stage.Admin);
        var drawing = new Drawing(alma.Page);
        await drawing.Open("historia");
        await Expect(drawing.Step("Segunda")).ToBeVisibleAsync(new() { Timeout = Drawing.Patience });
        await drawing.ShowHistory(versions: 2);
        await alma.Picture("studio-history");
        await drawing.RollBack(row: 1);
        await Expect(drawing.Step("Primera")).ToBeVisibleAsync();
        (await Latest(machine))["version"]!.GetValue<int>().Should().Be(3, "going back makes a new draft");

        await drawing.Import("other.json", OfAnotherServer);
        await Expect(drawing.Step("Check stock")).ToBeVisibleAsync();
        await alma.Picture("studio-imported");
        (await Latest(machine))["root"]!["activities"]![1]!["type"]!.GetValue<string>().Should().Be("Elsa.NotFoundActivity", "it is shown in place of what nobody here knows");

        var theirs = await Latest(machine);
        theirs["description"] = "Cambiado por otra persona";
        (await machine.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = theirs })).EnsureSuccessStatusCode();
        alma.Errors.Should().BeEmpty();
        await drawing.Rename("Mi nombre");
        await Expect(drawing.Snackbar("has saved this flow since you opened it").First).ToBeVisibleAsync();
        (await Latest(machine))["description"]!.GetValue<string>().Should().Be("Cambiado por otra persona");
    }

    [SkippableFact]
    public async Task A_supervisor_looks_at_everything_and_changes_nothing_and_an_ended_session_is_said()
    {
        stage.Require();
        using var machine = stage.Machine();
        var employee = new Employee("Sara Vega", "sara@example.com", "supervisor");
        (await machine.PostAsJsonAsync("/api/agents", new { employee.Email, employee.Name, employee.Role, Stage.Password, departments = Array.Empty<string>() })).EnsureSuccessStatusCode();
        await using var sara = await stage.Visit("en-GB", Drawing.Wide, Drawing.High);
        await sara.SignIn(employee);
        var drawing = new Drawing(sara.Page);

        await drawing.OpenList();
        await Expect(sara.Page.GetByRole(AriaRole.Button, new() { Name = "Create workflow" })).ToBeDisabledAsync();
        await drawing.Open("recepcion");
        await Expect(drawing.Steps.First).ToBeVisibleAsync(new() { Timeout = Drawing.Patience });
        await Expect(sara.Page.GetByText("read-only mode").First).ToBeVisibleAsync();
        await sara.Picture("studio-read-only");
        sara.Errors.Should().BeEmpty();

        await sara.Page.Context.ClearCookiesAsync();
        await sara.Page.EvaluateAsync("fetch('/elsa/api/features/installed')");
        await Expect(sara.Page.GetByTestId("signed-out")).ToBeVisibleAsync();
    }

    /// <summary>Every definition of <c>FLOWENGINE_STUDIO_DEFINITIONS</c> (a folder of Elsa definitions; unset skips) opens without an error in the console.</summary>
    [SkippableFact]
    public async Task Definitions_of_other_servers_open_in_the_editor_without_an_error()
    {
        stage.Require();
        var folder = Environment.GetEnvironmentVariable("FLOWENGINE_STUDIO_DEFINITIONS");
        Skip.If(folder is null || !Directory.Exists(folder), "No folder of definitions is named.");
        using var machine = stage.Machine();
        await using var alma = await stage.Visit("en-GB", Drawing.Wide, Drawing.High);
        await alma.SignIn(Stage.Admin);
        var (drawing, failed) = (new Drawing(alma.Page), new List<string>());
        var imported = await Imported(machine, folder!);
        await drawing.Open("recepcion");
        foreach (var (file, definition) in imported)
        {
            var errors = alma.Errors.Count;
            await drawing.Swap(definition["definitionId"]!.GetValue<string>(), definition["name"]?.GetValue<string>() ?? "");
            if (definition["root"]!["type"]?.GetValue<string>() == "Elsa.Flowchart" && definition["root"]!["activities"] is JsonArray { Count: > 0 } activities)
            {
                try
                {
                    await Expect(drawing.Steps).ToHaveCountAsync(activities.Count, new() { Timeout = 20_000 });
                }
                catch (PlaywrightException)
                {
                    failed.Add($"{file}: {await drawing.Steps.CountAsync()} of {activities.Count} steps are drawn");
                }
            }

            failed.AddRange(alma.Errors.Skip(errors).Select(e => $"{file}: {e}"));
        }

        imported.Should().NotBeEmpty();
        failed.Should().BeEmpty();
    }

    /// <summary>All of them first: the Studio reads the activities, of which workflows are some, once a page.</summary>
    private static async Task<IReadOnlyList<(string File, JsonNode Definition)>> Imported(HttpClient machine, string folder)
    {
        var imported = new List<(string, JsonNode)>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (JsonNode.Parse(await File.ReadAllTextAsync(file)) is not JsonObject document || document["root"] is not JsonObject)
            {
                continue;
            }

            var answer = await machine.PostAsJsonAsync("/elsa/api/workflow-definitions/import", document);
            Assert.True(answer.IsSuccessStatusCode, $"{file}: {await answer.Content.ReadAsStringAsync()}");
            var taken = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

            // Two files may be versions of one definition: the later one is what the editor shows.
            imported.RemoveAll(i => i.Item2["definitionId"]!.ToString() == taken["definitionId"]!.ToString());
            imported.Add((Path.GetFileName(file), taken));
        }

        return imported;
    }

    private static async Task<JsonNode> Latest(HttpClient machine) => (await machine.GetFromJsonAsync<JsonNode>("/elsa/api/workflow-definitions/by-definition-id/historia"))!;

    private static JsonNode One(string name) => JsonNode.Parse(
        $$"""
        { "definitionId": "historia", "name": "Historia", "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "connections": [], "activities": [
          { "id": "m", "type": "FlowEngine.MessageReceived", "version": 1, "name": "{{name}}", "customProperties": { "canStartWorkflow": true },
            "metadata": { "designer": { "position": { "x": 60, "y": 100 } } } } ] } }
        """)!;

    /// <summary>As an Elsa server exports it, with an activity that only that server has.</summary>
    private const string OfAnotherServer =
        """
        { "$schema": "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json", "id": "0c5f3f6a1b", "definitionId": "8b1d2e", "name": "Stock", "version": 4, "toolVersion": "3.8.0.0",
          "isLatest": true, "isPublished": true, "variables": [], "inputs": [], "outputs": [], "outcomes": [], "customProperties": {}, "options": { "autoUpdateConsumingWorkflows": false },
          "root": { "id": "c1", "nodeId": "Workflow1:c1", "name": "Flowchart1", "type": "Elsa.Flowchart", "version": 1, "customProperties": {}, "metadata": {}, "activities": [
            { "id": "a1", "nodeId": "Workflow1:c1:a1", "name": "WriteLine1", "type": "Elsa.WriteLine", "version": 1, "customProperties": {}, "metadata": { "designer": { "position": { "x": 60, "y": 100 } } },
              "text": { "typeName": "String", "expression": { "type": "Literal", "value": "Checking" } } },
            { "id": "a2", "nodeId": "Workflow1:c1:a2", "name": "Check stock", "type": "Acme.CheckStock", "version": 2, "customProperties": {}, "metadata": { "designer": { "position": { "x": 380, "y": 100 } } },
              "sku": { "typeName": "String", "expression": { "type": "Literal", "value": "A-1" } } } ],
            "connections": [ { "source": { "activity": "a1", "port": "Done" }, "target": { "activity": "a2", "port": "In" } } ] } }
        """;
}
