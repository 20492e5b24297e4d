using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>What is written at a desk whose browser, line or hand is too slow or too quick.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class ComposerTests(Stage stage)
{
    [SkippableFact]
    public async Task What_is_typed_before_the_box_is_known_to_the_script_stays_in_it()
    {
        stage.Require();
        await using var ana = await stage.Visit();
        await using var lead = await stage.Visit(width: 900, height: 860);
        var script = await HeldScript.Hold(ana.Page, "attach");
        var (desk, phone) = await AskedBy("Berta Lenta", ana, lead, Stage.Ana);
        await desk.Open("Berta Lenta");
        await script.IsCalled("attach");
        await desk.Composer.FillAsync("Hola, Berta.");

        await script.LetGo();

        await Expect(desk.Composer).ToBeFocusedAsync();
        await Expect(desk.Composer).ToHaveValueAsync("Hola, Berta.");
        await desk.Composer.PressAsync("Enter");
        await phone.Gets("Hola, Berta.");
        ana.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task What_was_said_just_before_the_desk_was_left_is_sent_and_the_page_that_was_gone_to_stays()
    {
        stage.Require();
        await using var alma = await stage.Visit();
        await using var lead = await stage.Visit(width: 900, height: 860);
        var script = await HeldScript.Hold(alma.Page, "take");
        var (desk, phone) = await AskedBy("Celia Rauda", alma, lead, Stage.Admin);
        await desk.Open("Celia Rauda");
        await Expect(desk.Composer).ToBeFocusedAsync();
        await desk.Composer.FillAsync("Ahora mismo te llamo.");
        await alma.Page.GetByTestId("send").ClickAsync();
        await script.IsCalled("take");
        await alma.Page.Locator(".fe-nav a[href='/admin']").ClickAsync();
        await Expect(alma.Page.GetByTestId("admin")).ToBeVisibleAsync();

        await script.LetGo();

        await phone.Gets("Ahora mismo te llamo.");
        await alma.Page.Locator(".admin__nav a[href='/admin/labels']").ClickAsync();
        await Expect(alma.Page.GetByTestId("labels-table")).ToBeVisibleAsync();
        await alma.Page.Locator(".fe-nav a[href='/']").ClickAsync();
        await desk.IsReady();
        await Expect(alma.Page.GetByTestId("composer")).ToHaveCountAsync(0);
        alma.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_double_click_sends_a_file_once_and_opens_one_dialog()
    {
        stage.Require();
        await using var ana = await stage.Visit();
        await using var lead = await stage.Visit(width: 900, height: 860);
        var (desk, phone) = await AskedBy("Dora Doble", ana, lead, Stage.Ana);
        await desk.Open("Dora Doble");
        await ana.Page.GetByTestId("attach").SetInputFilesAsync(new FilePayload { Name = "precios.txt", MimeType = "text/plain", Buffer = "uno, dos"u8.ToArray() });
        await Expect(ana.Page.GetByTestId("chosen-file")).ToHaveCountAsync(1);

        await ana.Page.GetByTestId("send").DblClickAsync();
        await desk.Reply("Es todo.");

        await phone.Gets("Es todo.");
        await Expect(phone.Received.Locator("a.document")).ToHaveCountAsync(1);
        await desk.Verb("transfer").DblClickAsync();
        await ana.Page.Locator(".mud-dialog").Last.GetByRole(AriaRole.Button, new() { Name = "Cancelar" }).ClickAsync();
        await Expect(ana.Page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        ana.Errors.Should().BeEmpty();
    }

    /// <summary>Somebody has written, and a desk stands where that is seen.</summary>
    private static async Task<(Desk Desk, Phone Phone)> AskedBy(string name, Visitor at, Visitor lead, Employee employee)
    {
        var (desk, phone) = (new Desk(at.Page), new Phone(lead.Page));
        await at.SignIn(employee);
        await phone.Join(name);
        await phone.Write("Hola");
        await phone.Gets("¿Cómo te llamas?");
        await desk.Choose("automated");
        await desk.Shows(name);
        return (desk, phone);
    }
}
