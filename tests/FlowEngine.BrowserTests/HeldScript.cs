using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>A page on which one function of the desk's script waits before it does anything, as it may on a slow machine.</summary>
internal sealed class HeldScript
{
    private readonly IPage page;

    private HeldScript(IPage page) => this.page = page;

    /// <summary>To be called before the page is opened.</summary>
    public static async Task<HeldScript> Hold(IPage page, string function)
    {
        await page.AddInitScriptAsync("window.held = new Promise(done => { window.letGo = done; });");
        await page.RouteAsync("**/js/desk.js", async route =>
        {
            var answer = await route.FetchAsync();
            var script = await answer.TextAsync();
            var slow = script.Replace(
                $"export function {function}(",
                $$"""
                export async function {{function}}(...given) {
                  document.documentElement.dataset.waits = '{{function}}';
                  await window.held;
                  return {{function}}Now(...given);
                }
                function {{function}}Now(
                """,
                StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = slow });
        });
        return new HeldScript(page);
    }

    /// <summary>The function has been called and waits.</summary>
    public async Task IsCalled(string function) => await Expect(page.Locator("html")).ToHaveAttributeAsync("data-waits", function);

    public Task LetGo() => page.EvaluateAsync("letGo()");
}
