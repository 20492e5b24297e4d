using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class SignInTests(Stage stage)
{
    [SkippableFact]
    public async Task Who_is_not_signed_in_gets_the_form_and_afterwards_the_page_that_was_asked_for()
    {
        stage.Require();
        await using var visitor = await stage.Visit();

        await visitor.Page.GotoAsync("/admin");
        await Expect(visitor.Page.Locator("#email")).ToBeVisibleAsync();
        await visitor.Page.FillAsync("#email", Stage.Admin.Email);
        await visitor.Page.FillAsync("#password", Stage.Password);
        await visitor.Page.ClickAsync("button[type=submit]");

        await visitor.Page.WaitForURLAsync("**/admin**");
    }

    [SkippableFact]
    public async Task A_wrong_password_is_said_without_telling_whether_the_person_exists()
    {
        stage.Require();
        await using var visitor = await stage.Visit();

        var known = await Refused(visitor, Stage.Ana.Email);
        var unknown = await Refused(visitor, "nobody@example.com");

        known.Should().NotBeNullOrWhiteSpace().And.Be(unknown);
    }

    [SkippableFact]
    public async Task After_signing_out_the_inbox_asks_for_the_password_again()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        await visitor.SignIn(Stage.Bruno);

        await visitor.Page.GetByTestId("user").GetByRole(AriaRole.Button).PressAsync("Enter");
        await visitor.Page.GetByTestId("logout").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/account/login**");
        await visitor.Page.GotoAsync("/");

        await Expect(visitor.Page.Locator("#password")).ToBeVisibleAsync();
    }

    [SkippableTheory]
    [InlineData("/admin/agents", 403, "Esta página no es para tu rol")]
    [InlineData("/studio", 403, "Esta página no es para tu rol")]
    [InlineData("/no-such-page", 404, "Aquí no hay nada")]
    public async Task A_page_that_is_not_there_or_not_for_this_person_says_so_in_words(string path, int status, string words)
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        await visitor.SignIn(Stage.Ana);

        var answer = await visitor.Page.GotoAsync(path);

        answer!.Status.Should().Be(status);
        await Expect(visitor.Page.Locator("h1").Filter(new() { HasText = words })).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Volver a la bandeja" }).ClickAsync();
        await new Desk(visitor.Page).IsReady();
    }

    private static async Task<string?> Refused(Visitor visitor, string email)
    {
        await visitor.Page.GotoAsync("/account/login");
        await visitor.Page.FillAsync("#email", email);
        await visitor.Page.FillAsync("#password", "wrong-password-1");
        await visitor.Page.ClickAsync("button[type=submit]");
        var alert = visitor.Page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToBeVisibleAsync();
        return await alert.TextContentAsync();
    }
}
