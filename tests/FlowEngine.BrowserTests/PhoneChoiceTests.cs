using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>Whose chat the page of the WhatsApp stand-in shows while its list of people is still on its way.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class PhoneChoiceTests(Stage stage)
{
    [SkippableFact]
    public async Task A_person_added_while_an_older_list_is_on_its_way_is_the_one_who_writes()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        var read = new TaskCompletionSource();
        var added = new TaskCompletionSource();
        var first = true;
        await visitor.Page.RouteAsync("**/wasim/api/people", async route =>
        {
            if (route.Request.Method != "GET" || !first)
            {
                await route.ContinueAsync();
                return;
            }

            first = false;
            var older = await route.FetchAsync();
            read.SetResult();
            await added.Task;
            await route.FulfillAsync(new() { Response = older });
        });
        await visitor.Page.GotoAsync("/wasim");
        await read.Task;

        await visitor.Page.FillAsync("#name", "Nuria Vega");
        await visitor.Page.ClickAsync("#join-button");
        await visitor.Page.WaitForURLAsync("**/wasim?person=*");
        added.SetResult();

        await Expect(visitor.Page.Locator("#text")).ToBeFocusedAsync();
        await Expect(visitor.Page.Locator(".person.chosen")).ToContainTextAsync("Nuria Vega");
        visitor.Errors.Should().BeEmpty();
    }
}
