using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>The page of the WhatsApp stand-in in quick hands on a slow line.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class PhoneWritingTests(Stage stage)
{
    [SkippableFact]
    public async Task Two_messages_written_at_once_arrive_in_their_order()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        var phone = new Phone(visitor.Page);
        await phone.Join("Quique Veloz");
        var first = await Hold(visitor.Page, "**/wasim/api/people/*/messages");
        await Say(visitor.Page, "uno");
        await Say(visitor.Page, "dos");
        await visitor.Page.EvaluateAsync("fetch('api/people')");

        first.SetResult(true);

        await Expect(phone.Sent).ToHaveCountAsync(2);
        await Expect(phone.Sent).ToContainTextAsync(["uno", "dos"]);
        visitor.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task What_did_not_leave_is_in_the_box_again_above_what_was_typed_meanwhile()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        await new Phone(visitor.Page).Join("Pilar Terca");
        var first = await Hold(visitor.Page, "**/wasim/api/people/*/messages");
        await Say(visitor.Page, "uno");
        await visitor.Page.FillAsync("#text", "dos");

        first.SetResult(false);

        await Expect(visitor.Page.Locator("#text")).ToHaveValueAsync("uno\ndos");
    }

    [SkippableFact]
    public async Task A_name_that_is_entered_twice_is_one_person()
    {
        stage.Require();
        await using var visitor = await stage.Visit();
        await visitor.Page.GotoAsync("/wasim");
        var first = await Hold(visitor.Page, "**/wasim/api/people");
        await visitor.Page.FillAsync("#name", "Sole Única");
        await visitor.Page.PressAsync("#name", "Enter");
        await visitor.Page.PressAsync("#name", "Enter");

        first.SetResult(true);

        await Expect(visitor.Page.Locator(".person.chosen")).ToContainTextAsync("Sole Única");
        await Expect(visitor.Page.Locator(".person").Filter(new() { HasText = "Sole Única" })).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator("#name")).ToHaveValueAsync("");
    }

    [SkippableFact]
    public async Task A_person_whom_the_keyboard_has_reached_stays_reached_when_they_write()
    {
        stage.Require();
        using var machine = stage.Machine();
        var (vera, walt) = (await LeadByApi.Join(machine, "Vera Vista"), await LeadByApi.Join(machine, "Walt Vuelta"));
        await walt.Say("Hola");
        await using var visitor = await stage.Visit();
        await visitor.Page.GotoAsync($"/wasim?person={vera.Id}");
        var row = visitor.Page.Locator(".person").Filter(new() { HasText = "Walt Vuelta" });
        await Expect(row.Locator("small")).Not.ToHaveTextAsync("Hola");
        await row.FocusAsync();
        await walt.Say("Quiero hablar con una persona");
        await Expect(row.Locator("small")).ToContainTextAsync("persona");

        await visitor.Page.Keyboard.PressAsync("Enter");

        await Expect(visitor.Page.Locator(".person.chosen")).ToContainTextAsync("Walt Vuelta");
    }

    /// <summary>The first call that sends something to this address waits, and then leaves or is lost.</summary>
    private static async Task<TaskCompletionSource<bool>> Hold(IPage page, string address)
    {
        var leaves = new TaskCompletionSource<bool>();
        var first = true;
        await page.RouteAsync(address, async route =>
        {
            var mine = first && route.Request.Method == "POST";
            first &= !mine;
            await (mine && !await leaves.Task ? route.AbortAsync() : route.ContinueAsync());
        });
        return leaves;
    }

    private static async Task Say(IPage page, string text)
    {
        await page.FillAsync("#text", text);
        await page.PressAsync("#text", "Enter");
        await Expect(page.Locator("#text")).ToHaveValueAsync("");
    }
}
