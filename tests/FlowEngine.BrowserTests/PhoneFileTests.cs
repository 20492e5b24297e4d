using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>Files on the page of the WhatsApp stand-in, as a browser shows and plays them.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class PhoneFileTests(Stage stage)
{
    [SkippableFact]
    public async Task The_examples_are_files_that_a_browser_shows_plays_and_saves()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        var phone = new Phone(visitor.Page);
        await phone.Join("Lola Ferrer");

        await phone.SendExample("Foto");
        await phone.SendExample("Nota de voz");
        await phone.SendExample("Documento");

        await Expect(phone.Sent).ToHaveCountAsync(3);
        await Expect(phone.Sent.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 320);
        await Expect(phone.Sent.Locator("audio")).ToHaveJSPropertyAsync("duration", 2);
        await Expect(phone.Sent.Locator("a.document")).ToContainTextAsync("documento.pdf");
        visitor.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_lead_on_a_narrow_phone_sends_a_picture_with_a_caption_and_one_that_is_too_large_stays()
    {
        stage.Require();
        await using var visitor = await stage.Visit(language: "pt-BR", width: 360, height: 640);
        var phone = new Phone(visitor.Page);
        await phone.Join("Rita Prado");
        await phone.SendExample("Foto");
        var source = await phone.Sent.Locator("img").GetAttributeAsync("src");
        var picture = await (await visitor.Page.APIRequest.GetAsync($"/wasim/{source}")).BodyAsync();

        await phone.Attach("mesa.png", "image/png", picture, "Tem esta mesa?");
        var sent = phone.Sent.Filter(new() { HasText = "Tem esta mesa?" });
        await Expect(sent.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 320);
        await Expect(visitor.Page.Locator("#file-sheet")).ToBeHiddenAsync();
        await phone.Attach("enorme.png", "image/png", [.. picture, .. new byte[5 * 1024 * 1024]], "grande");

        await Expect(visitor.Page.Locator("#file-problem")).ToHaveTextAsync("O arquivo é grande demais para o WhatsApp.");
        await Expect(phone.Sent).ToHaveCountAsync(2);
        (await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).Should().Be(0);
    }
}
