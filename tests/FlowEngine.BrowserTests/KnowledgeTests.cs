using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class KnowledgeTests(Stage stage)
{
    private const string Body = "Abrimos de **lunes a viernes**, de 9:00 a 19:00.\n\n<img src=x onerror=\"document.title='broken'\">\n\n## Tienda\n\nLa tienda de la calle Mayor abre también los sábados.";

    [SkippableFact]
    public async Task An_article_is_written_answers_a_question_is_edited_and_deleted()
    {
        stage.Require();
        await using var alma = await stage.Visit();
        var page = alma.Page;
        await alma.SignIn(Stage.Admin);
        await alma.Open("/admin/knowledge", "admin");
        await page.GetByTestId("new").ClickAsync();

        await page.GetByTestId("article-title").FillAsync("Horario de atención");
        await page.GetByTestId("article-body").FillAsync(Body);
        await Expect(page.GetByTestId("article-preview").Locator("strong")).ToHaveTextAsync("lunes a viernes");
        await page.GetByTestId("article-save").ClickAsync();
        await Expect(page.GetByTestId("article-saved")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("article-preview").Locator("img")).ToHaveCountAsync(0);
        await alma.Picture("knowledge-article");
        string.Join('\n', AccessibilityTests.Barriers(await page.RunAxe())).Should().BeEmpty();

        await alma.Open("/admin/knowledge", "admin");
        await page.GetByTestId("try-question").FillAsync("¿a qué hora abre la tienda los sábados?");
        await page.GetByTestId("try-question").PressAsync("Enter");
        await Expect(page.GetByTestId("try-answer")).ToContainTextAsync("La tienda de la calle Mayor abre también los sábados.");
        await Expect(page.GetByTestId("articles")).ToContainTextAsync("Horario de atención");
        await alma.Picture("knowledge", forTheReadme: true);
        string.Join('\n', AccessibilityTests.Barriers(await page.RunAxe())).Should().BeEmpty();
        await page.GetByTestId("theme").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await alma.Picture("knowledge-dark");
        string.Join('\n', AccessibilityTests.Barriers(await page.RunAxe())).Should().BeEmpty();
        await page.GetByTestId("try-question").FillAsync("¿venden bicicletas?");
        await page.GetByTestId("try").ClickAsync();
        await Expect(page.GetByTestId("try-unsure")).ToBeVisibleAsync();

        await page.GetByTestId("articles").GetByText("Horario de atención").ClickAsync();
        await Expect(page.GetByTestId("article-title")).ToHaveValueAsync("Horario de atención");
        await page.GetByTestId("article-title").FillAsync("Cuándo atendemos");
        await page.GetByTestId("article-save").ClickAsync();
        await Expect(page.GetByTestId("article-saved")).ToBeVisibleAsync();
        await page.GetByTestId("article-delete").ClickAsync();
        await page.GetByTestId("article-delete-yes").ClickAsync();
        await Expect(page.GetByTestId("articles")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("articles")).Not.ToContainTextAsync("Cuándo atendemos");
        alma.Errors.Should().BeEmpty();
        (await page.TitleAsync()).Should().NotBe("broken");
    }

    [SkippableFact]
    public async Task Who_saves_over_a_newer_version_is_told_whose_it_is_and_loses_nothing()
    {
        stage.Require();
        await using var alma = await stage.Visit();
        await using var other = await stage.Visit();
        await alma.SignIn(Stage.Admin);
        await other.SignIn(Stage.Admin);
        await alma.Open("/admin/knowledge/new", "admin");
        await alma.Page.GetByTestId("article-title").FillAsync("Garantía");
        await alma.Page.GetByTestId("article-body").FillAsync("Dos años.");
        await alma.Page.GetByTestId("article-save").ClickAsync();
        await Expect(alma.Page.GetByTestId("article-saved")).ToBeVisibleAsync();
        await alma.Page.WaitForURLAsync("**/admin/knowledge/*-*");
        await other.Open(alma.Page.Url, "admin");
        await Expect(other.Page.GetByTestId("article-body")).ToHaveValueAsync("Dos años.");

        await other.Page.GetByTestId("article-body").FillAsync("Tres años.");
        await other.Page.GetByTestId("article-save").ClickAsync();
        await Expect(other.Page.GetByTestId("article-saved")).ToBeVisibleAsync();
        await alma.Page.GetByTestId("article-body").FillAsync("Cinco años.");
        await alma.Page.GetByTestId("article-save").ClickAsync();

        await Expect(alma.Page.GetByTestId("article-stale")).ToContainTextAsync("Admin ");
        await Expect(alma.Page.GetByTestId("article-body")).ToHaveValueAsync("Cinco años.");
        await alma.Page.GetByTestId("keep-mine").ClickAsync();
        await alma.Page.GetByTestId("article-save").ClickAsync();
        await Expect(alma.Page.GetByTestId("article-saved")).ToBeVisibleAsync();
    }
}
