using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>A page that is seen before its live connection stands.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class PrerenderTests(Stage stage)
{
    [SkippableFact]
    public async Task Nothing_can_be_typed_that_would_be_lost_when_the_page_comes_alive()
    {
        stage.Require();
        await using var alma = await stage.Visit();
        await alma.SignIn(Stage.Admin);
        var live = new TaskCompletionSource();
        await alma.Page.RouteAsync("**/_framework/blazor.web*.js", async route =>
        {
            await live.Task;
            await route.ContinueAsync();
        });
        await alma.Page.GotoAsync("/admin/leads", new() { WaitUntil = WaitUntilState.Commit });
        var name = alma.Page.Locator("#lead-name");
        await Expect(name).ToBeVisibleAsync();
        await name.FocusAsync();
        await alma.Page.Keyboard.TypeAsync("Eva");
        await Expect(name).ToHaveValueAsync("");

        live.SetResult();

        await Expect(alma.Page.GetByTestId("admin")).ToHaveAttributeAsync("data-live", "true");
        await name.ClickAsync();
        await alma.Page.Keyboard.TypeAsync("Eva");
        await Expect(name).ToHaveValueAsync("Eva");
        alma.Errors.Should().BeEmpty();
    }
}
