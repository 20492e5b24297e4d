using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>The agents' inbox as the tests use it: by what stands on it, never by its layout.</summary>
internal sealed class Desk(IPage page)
{
    public ILocator Composer => page.GetByTestId("composer");

    public ILocator Bubbles => page.GetByTestId("messages").GetByTestId("bubble");

    public ILocator Row(string contact) => page.GetByTestId("row").Filter(new() { HasText = contact });

    public ILocator Verb(string verb) => page.GetByTestId("thread").GetByTestId(verb);

    /// <summary>The page has its live connection; before that a click would be lost.</summary>
    public async Task IsReady() => await Expect(page.GetByTestId("desk")).ToHaveAttributeAsync("data-live", "true", new() { Timeout = 60_000 });

    public Task Choose(string tab) => page.GetByTestId($"tab-{tab}").ClickAsync();

    /// <summary>Opens a conversation of the list; what another one has shown until then is gone.</summary>
    public async Task Open(string contact)
    {
        var row = Row(contact).First;
        var id = await row.GetAttributeAsync("data-id");
        await row.ClickAsync();
        await Expect(page.GetByTestId("thread")).ToHaveAttributeAsync("data-id", id!);
    }

    public async Task Shows(string contact) => await Expect(Row(contact)).ToBeVisibleAsync();

    public async Task NoLongerShows(string contact) => await Expect(Row(contact)).ToHaveCountAsync(0);

    /// <summary>The open conversation stands in this tab.</summary>
    public async Task StandsIn(string tab) => await Expect(page.GetByTestId("thread-tab")).ToHaveAttributeAsync("data-tab", tab);

    public async Task Says(string text) => await Expect(Bubbles.Filter(new() { HasText = text }).Last).ToBeVisibleAsync();

    public async Task Claim()
    {
        await Verb("claim").ClickAsync();
        await Expect(Composer).ToBeEnabledAsync();
    }

    public async Task Reply(string text)
    {
        await Composer.FillAsync(text);
        await page.GetByTestId("send").ClickAsync();
        await Says(text);
    }

    public async Task TransferTo(Employee employee)
    {
        await Verb("transfer").ClickAsync();
        await page.Locator("label.target").Filter(new() { HasText = employee.Name }).ClickAsync();
        await page.GetByTestId("confirm").ClickAsync();
    }

    public async Task Finalize()
    {
        await Verb("finalize").ClickAsync();
        await page.GetByTestId("confirm").ClickAsync();
    }
}
