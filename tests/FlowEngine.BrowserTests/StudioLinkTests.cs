using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>From a conversation to the runs that flows have had with it, and from a run in the Studio's viewer to its conversation.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class StudioLinkTests(Stage stage)
{
    private static readonly Employee Olga = new("Olga Prat", "olga@example.com", "supervisor");

    [SkippableFact]
    public async Task A_supervisor_goes_from_a_conversation_to_its_run_and_back_whether_it_waits_failed_or_is_over()
    {
        stage.Require();
        using var machine = stage.Machine();
        (await machine.PostAsJsonAsync("/api/agents", new { Olga.Email, Olga.Name, Olga.Role, Stage.Password, departments = Array.Empty<string>() })).EnsureSuccessStatusCode();
        (await machine.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = JsonNode.Parse(Flow), publish = true })).EnsureSuccessStatusCode();
        var before = await FirstFlow.Set(machine, "enlaces", "ventas");
        try
        {
            await Asked("Vera Espera", null);
            await Asked("Fermín Falla", "falla");
            await Asked("Tomás Termina", "bien");
        }
        finally
        {
            await FirstFlow.Set(machine, before, null);
        }

        await using var olga = await stage.Visit("en-GB", Drawing.Wide, Drawing.High);
        await olga.SignIn(Olga);
        await ThereAndBack(olga, "Vera Espera", "automated", "Suspended", "Asking");
        await ThereAndBack(olga, "Fermín Falla", "error", "Faulted", "Saying");
        var desk = new Desk(olga.Page);
        await desk.Choose("waiting");
        await desk.Open("Tomás Termina");
        await desk.Claim();
        await desk.Finalize();
        await ThereAndBack(olga, "Tomás Termina", "finished", "Finished", "Handing");
        olga.Errors.Should().BeEmpty();

        await using var ana = await stage.Visit();
        await ana.SignIn(Stage.Ana);
        desk = new Desk(ana.Page);
        await desk.Choose("error");
        await desk.Open("Fermín Falla");
        await Expect(ana.Page.GetByTestId("side")).ToBeVisibleAsync();
        await Expect(ana.Page.GetByTestId("run")).ToHaveCountAsync(0);
    }

    /// <summary>A lead who is asked, and answers or not.</summary>
    private async Task Asked(string name, string? answer)
    {
        await using var visitor = await stage.Visit(width: 900, height: 860);
        var phone = new Phone(visitor.Page);
        await phone.Join(name);
        await phone.Write("Hola");
        await phone.Gets("¿Cómo acaba esto?");
        if (answer is not null)
        {
            await phone.Write(answer);
        }
    }

    private static async Task ThereAndBack(Visitor olga, string lead, string tab, string status, string lastStep)
    {
        var desk = new Desk(olga.Page);
        await desk.Choose(tab);
        await desk.Open(lead);
        await desk.StandsIn(tab);
        var run = olga.Page.GetByTestId("run");
        await Expect(run).ToHaveAttributeAsync("data-status", status);
        await olga.Picture($"studio-link-{tab}");
        var studio = await olga.Page.RunAndWaitForPopupAsync(() => run.GetByRole(AriaRole.Link).ClickAsync());
        await Expect(new Drawing(studio).Step(lastStep)).ToBeVisibleAsync(new() { Timeout = Drawing.Patience });
        await studio.GetByTestId("conversation").ClickAsync();
        await Expect(studio.GetByTestId("thread-tab")).ToHaveAttributeAsync("data-tab", tab);
        await Expect(studio.GetByRole(AriaRole.Heading, new() { Name = lead })).ToBeVisibleAsync();
        await studio.CloseAsync();
    }

    private const string Flow =
        """
        { "definitionId": "enlaces", "name": "Enlaces", "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "activities": [
          { "id": "m", "type": "FlowEngine.MessageReceived", "version": 1, "name": "Starting", "customProperties": { "canStartWorkflow": true }, "metadata": { "designer": { "position": { "x": 60, "y": 100 } } } },
          { "id": "q", "type": "FlowEngine.AskQuestion", "version": 1, "name": "Asking", "metadata": { "designer": { "position": { "x": 340, "y": 100 } } },
            "text": { "typeName": "String", "expression": { "type": "Literal", "value": "¿Cómo acaba esto?" } }, "saveAs": { "typeName": "String", "expression": { "type": "Literal", "value": "fin" } } },
          { "id": "s", "type": "FlowEngine.SendMessage", "version": 1, "name": "Saying", "metadata": { "designer": { "position": { "x": 620, "y": 100 } } },
            "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "lead.fin === 'falla' ? lead.nothing.toString() : 'Bien.'" } } },
          { "id": "h", "type": "FlowEngine.HandOff", "version": 1, "name": "Handing", "metadata": { "designer": { "position": { "x": 620, "y": 300 } } } } ],
          "connections": [
            { "source": { "activity": "m", "port": "Done" }, "target": { "activity": "q", "port": "In" } },
            { "source": { "activity": "q", "port": "Answered" }, "target": { "activity": "s", "port": "In" } },
            { "source": { "activity": "s", "port": "Done" }, "target": { "activity": "h", "port": "In" } } ] } }
        """;
}
