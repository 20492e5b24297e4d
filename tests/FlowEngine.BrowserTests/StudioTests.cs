using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>The real Elsa Studio in a real browser: drawing a flow, talking with it, watching it, repairing it.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class StudioTests(Stage stage)
{
    private const int Wide = 1700;
    private const int High = 1100;
    private const float Patience = 120_000;

    [SkippableFact]
    public async Task A_flow_is_drawn_published_talked_with_watched_live_and_tried_again_after_a_failure()
    {
        stage.Require();
        await using var alma = await stage.Visit("en-GB", Wide, High);
        await alma.SignIn(Stage.Admin);
        var drawing = new Drawing(alma.Page);
        await drawing.OpenList();
        await alma.Picture("studio-list");
        var definition = await Drawn(alma, drawing);
        using var machine = stage.Machine();
        var before = await StartWith(machine, definition, "ventas");
        try
        {
            await Talked(alma, machine);
            await Failed(alma, machine, definition);
        }
        finally
        {
            await StartWith(machine, before, null);
        }

        alma.Errors.Where(e => !e.Contains("/docs", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_supervisor_looks_at_everything_and_changes_nothing_and_an_ended_session_is_said()
    {
        stage.Require();
        using var machine = stage.Machine();
        var employee = new Employee("Sara Vega", "sara@example.com", "supervisor");
        (await machine.PostAsJsonAsync("/api/agents", new { employee.Email, employee.Name, employee.Role, Stage.Password, departments = Array.Empty<string>() })).EnsureSuccessStatusCode();
        await using var sara = await stage.Visit("en-GB", Wide, High);
        await sara.SignIn(employee);
        var drawing = new Drawing(sara.Page);

        await drawing.OpenList();
        await Expect(sara.Page.GetByRole(AriaRole.Button, new() { Name = "Create workflow" })).ToBeDisabledAsync(new() { Timeout = 20_000 });
        await drawing.Open("recepcion");
        await Expect(drawing.Steps.First).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(sara.Page.GetByText("read-only mode").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
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
        await using var alma = await stage.Visit("en-GB", Wide, High);
        await alma.SignIn(Stage.Admin);
        var (drawing, failed, opened) = (new Drawing(alma.Page), new List<string>(), 0);
        await drawing.Open("recepcion");
        foreach (var file in Directory.EnumerateFiles(folder!, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (JsonNode.Parse(await File.ReadAllTextAsync(file)) is not JsonObject document || document["root"] is not JsonObject root)
            {
                continue;
            }

            var answer = await machine.PostAsJsonAsync("/elsa/api/workflow-definitions/import", document);
            var imported = await answer.Content.ReadFromJsonAsync<JsonNode>();
            var errors = alma.Errors.Count;
            await drawing.Swap(imported!["definitionId"]!.GetValue<string>(), imported["name"]!.GetValue<string>());
            if (root["type"]?.GetValue<string>() == "Elsa.Flowchart" && root["activities"] is JsonArray { Count: > 0 } activities)
            {
                await Expect(drawing.Steps).ToHaveCountAsync(activities.Count, new() { Timeout = 30_000 });
            }

            failed.AddRange(alma.Errors.Skip(errors).Select(e => $"{Path.GetFileName(file)}: {e}"));
            opened++;
        }

        opened.Should().BePositive();
        failed.Should().BeEmpty();
    }

    private static async Task<string> Drawn(Visitor alma, Drawing drawing)
    {
        await drawing.Create("Saludo dibujado");
        await drawing.OpenCategory("Conversation");
        await drawing.Drop("Message received", 120, 120);
        await drawing.Drop("Send message", 420, 120);
        await drawing.Drop("Hand off to people", 720, 120);
        await drawing.Connect("MessageReceived1", "Done", "SendMessage1");
        await drawing.Connect("SendMessage1", "Done", "HandOff1");
        await drawing.Select("SendMessage1");
        await drawing.Type("Text", "¡Hola! Este flujo se dibujó a mano.");
        await alma.Page.GetByTestId("findings").ClickAsync();
        await Expect(alma.Page.GetByText("names neither department nor agent")).ToBeVisibleAsync();
        await alma.Picture("studio-findings");
        await alma.Page.GetByTestId("findings").ClickAsync();
        await alma.Picture("studio-editor", forTheReadme: true);
        await drawing.Publish();
        await Expect(drawing.Snackbar("published").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        return alma.Page.Url.Split('/')[^1];
    }

    private async Task Talked(Visitor alma, HttpClient machine)
    {
        await using var visitor = await stage.Visit(width: 900, height: 860);
        var phone = new Phone(visitor.Page);
        await phone.Join("Eva Luz");
        await phone.Write("Buenas");
        await phone.Gets("Este flujo se dibujó a mano");

        await alma.Page.GotoAsync($"/studio/instances/{await LastRun(machine)}");
        await Expect(alma.Page.GetByText("SendMessage1").First).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(alma.Page.GetByTestId("conversation")).ToBeVisibleAsync();
        await alma.Picture("studio-run");
        await alma.Page.GetByTestId("conversation").ClickAsync();
        await alma.Page.WaitForURLAsync("**/conversations/**");
    }

    /// <summary>The flow is changed so that it fails; the run shows it on its activity, and goes on once it is mended elsewhere.</summary>
    private async Task Failed(Visitor alma, HttpClient machine, string definition)
    {
        var draft = (await machine.GetFromJsonAsync<JsonNode>($"/elsa/api/workflow-definitions/by-definition-id/{definition}"))!;
        var say = draft["root"]!["activities"]!.AsArray().Single(a => a!["type"]!.GetValue<string>() == "FlowEngine.SendMessage")!;
        say["text"] = JsonNode.Parse("""{ "typeName": "String", "expression": { "type": "JavaScript", "value": "lead.fields.none.more" } }""");
        (await machine.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = draft, publish = true })).EnsureSuccessStatusCode();
        await using var visitor = await stage.Visit(width: 900, height: 860);
        var phone = new Phone(visitor.Page);
        await phone.Join("Fede Mar");
        await phone.Write("Buenas");

        await alma.Page.GotoAsync($"/studio/instances/{await LastRun(machine, "Faulted")}");
        await Expect(alma.Page.GetByTestId("retry")).ToBeVisibleAsync(new() { Timeout = Patience });
        await alma.Page.GetByRole(AriaRole.Tab, new() { Name = "Incidents" }).First.ClickAsync();
        await alma.Picture("studio-incident");
        var incidents = await Incidents(machine);
        await alma.Page.GetByTestId("retry").ClickAsync();
        await Expect(alma.Page.GetByTestId("retry")).ToBeEnabledAsync(new() { Timeout = Patience });
        (await Incidents(machine)).Should().Be(incidents + 1, "it was tried again, and failed again for the same reason");
    }

    private static async Task<int> Incidents(HttpClient machine)
    {
        var page = await machine.GetFromJsonAsync<JsonNode>("/api/incidents?open=false&limit=200");
        return page!["items"]!.AsArray().Count;
    }

    private static async Task<string> LastRun(HttpClient machine, string? subStatus = null)
    {
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var tries = 0; tries < 100; tries++)
        {
            var answer = await machine.PostAsJsonAsync("/elsa/api/workflow-instances", new { page = 0, pageSize = 1, subStatus });
            var page = await answer.Content.ReadFromJsonAsync<JsonNode>();
            if (page!["items"]!.AsArray() is [{ } run])
            {
                return run["id"]!.GetValue<string>();
            }

            await pulse.WaitForNextTickAsync();
        }

        throw new InvalidOperationException($"There is no run in {subStatus}.");
    }

    /// <summary>New leads of the demo begin with this flow; answers with which they began before.</summary>
    private static async Task<string> StartWith(HttpClient machine, string flow, string? department)
    {
        var page = await machine.GetFromJsonAsync<JsonNode>("/api/connections");
        var demo = page!["items"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == "demo")!;
        var before = demo["flow"]!.GetValue<string>();
        using var answer = await machine.PutAsJsonAsync("/api/connections/demo", new
        {
            name = demo["name"]!.GetValue<string>(), kind = "whatsapp", flow, department, graphBaseUrl = demo["graphBaseUrl"]!.GetValue<string>(),
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return before;
    }
}
