using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>What the verifier says of a flow, while the Studio saves it with every stroke.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class StudioFindingsTests(Stage stage)
{
    [SkippableFact]
    public async Task The_findings_are_those_of_the_newest_save_and_a_press_on_their_button_is_not_lost_to_the_next()
    {
        stage.Require();
        await using var alma = await stage.Visit("en-GB");
        await alma.SignIn(Stage.Admin);
        var page = alma.Page;
        var first = new TaskCompletionSource();
        await page.RouteAsync("**/elsa/api/saves/*", async route =>
        {
            var number = int.Parse(route.Request.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            await (number == 1 ? first.Task : Task.CompletedTask);
            var findings = Enumerable.Range(0, number).Select(i => new { severity = "warning", message = $"Finding {i} of save {number}" });
            await route.FulfillAsync(new() { Status = 200, Headers = [new("x-flowengine-findings", Uri.EscapeDataString(JsonSerializer.Serialize(findings)))], Body = "{}", ContentType = "application/json" });
        });
        await page.GotoAsync("/studio/definitions/recepcion");
        await page.EvaluateAsync("window.older = fetch('/elsa/api/saves/1'); fetch('/elsa/api/saves/2').then(() => {})");
        var button = page.GetByTestId("findings");
        await Expect(button).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(": 2$"));

        first.SetResult();
        await page.EvaluateAsync("older.then(() => {})");
        await Expect(button).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(": 2$"));
        await button.HoverAsync();
        await page.Mouse.DownAsync();
        await page.EvaluateAsync("fetch('/elsa/api/saves/3').then(() => {})");
        await Expect(button).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(": 3$"));
        await page.Mouse.UpAsync();

        await Expect(page.GetByText("Finding 2 of save 3")).ToBeVisibleAsync();
    }
}
