using System.Net.Http.Json;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>What may be said while the window is closed: written down by an administrator, chosen by an agent.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class TemplateTests(Stage stage)
{
    private const string Lead = "Irene Soto";

    [SkippableFact]
    public async Task An_administrator_writes_a_template_down_and_an_agent_begins_with_it()
    {
        stage.Require();
        await using var alma = await stage.Visit();
        await using var ana = await stage.Visit();
        await alma.SignIn(Stage.Admin);
        await WriteDown(alma);
        using var machine = stage.Machine();
        using var created = await machine.PostAsJsonAsync("/api/leads", new { connection = "demo", contact = new { name = Lead, phone = "+34600777001" }, source = "form" });
        created.EnsureSuccessStatusCode();

        await ana.SignIn(Stage.Ana);
        var desk = new Desk(ana.Page);
        await desk.Choose("notStarted");
        await desk.Open(Lead);
        await ana.Page.GetByTestId("template").ClickAsync();
        await ana.Page.GetByTestId("template-primer_contacto").CheckAsync();
        await ana.Page.Locator("#template-values").FillAsync("Irene");
        await Expect(ana.Page.GetByTestId("template-preview")).ToContainTextAsync("Hola Irene, ¿hablamos?");
        await ana.Page.GetByTestId("confirm").ClickAsync();

        await desk.Says("Hola Irene, ¿hablamos?");
        await desk.StandsIn("open");
        alma.Errors.Concat(ana.Errors).Should().BeEmpty();
    }

    private static async Task WriteDown(Visitor alma)
    {
        var page = alma.Page;
        await alma.Open("/admin/templates", "admin");
        await page.GetByTestId("new").ClickAsync();
        await page.Locator("#entry-name").FillAsync("primer_contacto");
        await page.Locator("#entry-language").FillAsync("Español");
        await page.Locator("#entry-body").FillAsync("Hola {{1}}, ¿hablamos?");
        await page.GetByTestId("save").ClickAsync();
        await Expect(page.GetByTestId("form-error")).ToContainTextAsync("es un código como es o pt_BR");
        await page.Locator("#entry-language").FillAsync("es");
        await page.GetByTestId("save").ClickAsync();
        await Expect(page.GetByTestId("templates")).ToContainTextAsync("primer_contacto");
        await alma.Picture("templates");
    }
}
