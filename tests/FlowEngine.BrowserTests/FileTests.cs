using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>Pictures, voice notes and documents, from the lead's phone to the desk and back.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class FileTests(Stage stage)
{
    [SkippableFact]
    public async Task What_a_lead_sends_is_seen_and_heard_at_the_desk_and_what_an_agent_attaches_reaches_the_phone()
    {
        stage.Require();
        const string lead = "Nuria Vidal";
        await using var ana = await stage.Visit();
        await using var nuria = await stage.Visit(width: 900, height: 860);
        await ana.SignIn(Stage.Ana);
        var (desk, phone) = (new Desk(ana.Page), new Phone(nuria.Page));
        await phone.Join(lead);
        await phone.SendExample("Foto");
        await phone.SendExample("Nota de voz");
        await phone.SendExample("Documento");

        await desk.Choose("automated");
        await desk.Open(lead);
        var files = ana.Page.GetByTestId("media");
        await Expect(files).ToHaveCountAsync(3);
        await Expect(files.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 320);
        await Expect(files.Locator("audio")).ToHaveJSPropertyAsync("duration", 2);
        await Expect(files.Locator("a[href]").Filter(new() { HasText = "documento.pdf" })).ToBeVisibleAsync();
        await desk.Claim();

        var picture = await (await ana.Page.APIRequest.GetAsync(await SourceOf(files, nuria))).BodyAsync();
        var attach = ana.Page.GetByTestId("attach");
        await attach.SetInputFilesAsync(new FilePayload { Name = "otra.png", MimeType = "image/png", Buffer = picture });
        await Expect(ana.Page.GetByTestId("chosen-file")).ToContainTextAsync("otra.png");
        await Expect(ana.Page.Locator(".composer__attach.icon-button--on")).ToHaveCountAsync(0);
        await attach.SetInputFilesAsync(new FilePayload { Name = "precios.txt", MimeType = "text/plain", Buffer = "uno, dos"u8.ToArray() });
        await Expect(ana.Page.GetByTestId("chosen-file")).ToHaveCountAsync(2);
        await ana.Picture("composer-files");
        await desk.Reply("Esta es la mesa");

        await Expect(phone.Received.Filter(new() { HasText = "Esta es la mesa" }).Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 320);
        await Expect(phone.Received.Locator("a.document").Filter(new() { HasText = "precios.txt" })).ToBeVisibleAsync();
        await Expect(ana.Page.GetByTestId("chosen-file")).ToHaveCountAsync(0);
        await Expect(files).ToHaveCountAsync(5);
        await ana.Picture("inbox-files");
        ana.Errors.Concat(nuria.Errors).Should().BeEmpty();
    }

    private static async Task<string> SourceOf(ILocator files, Visitor at) => new Uri(new Uri(at.Page.Url), await files.Locator("img").GetAttributeAsync("src")).ToString();
}
