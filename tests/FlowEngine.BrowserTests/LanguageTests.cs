using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class LanguageTests(Stage stage)
{
    [SkippableTheory]
    [InlineData("es-ES", "es", "En espera")]
    [InlineData("pt-BR", "pt-BR", "Em espera")]
    [InlineData("pt-PT", "pt-BR", "Em espera")]
    [InlineData("en-GB", "en", "Waiting")]
    [InlineData("fr-FR", "es", "En espera")]
    public async Task The_inbox_speaks_the_browser_s_language_or_spanish(string browser, string language, string waiting)
    {
        stage.Require();
        await using var visitor = await stage.Visit(browser);

        await visitor.SignIn(Stage.Ana);

        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(visitor.Page.GetByTestId("tab-waiting")).ToContainTextAsync(waiting);
        (await visitor.Page.Locator(".tab__name").EvaluateAllAsync<string[]>("names => names.filter(n => n.scrollWidth > n.clientWidth).map(n => n.textContent)"))
            .Should().BeEmpty("the six tabs are read whole in every language");
        visitor.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_language_chosen_in_the_menu_stays_chosen()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        await visitor.SignIn(Stage.Ana);

        await visitor.Page.GetByTestId("language").GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await visitor.Page.GetByText("English", new() { Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByTestId("tab-waiting")).ToContainTextAsync("Waiting");
        await visitor.Page.ReloadAsync();

        await Expect(visitor.Page.GetByTestId("tab-waiting")).ToContainTextAsync("Waiting");
    }
}
