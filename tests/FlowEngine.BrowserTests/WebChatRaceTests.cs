using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>The web chat when answers cross each other.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class WebChatRaceTests(Stage stage)
{
    [SkippableFact]
    public async Task An_option_that_is_clicked_twice_is_chosen_once()
    {
        stage.Require();
        await using var visitor = await stage.Visit(width: 390, height: 844);
        var chat = await Begun(visitor, "Gil Doble");
        await visitor.Page.Locator("#lines .options button").First.EvaluateAsync("button => { button.click(); button.click(); }");

        await chat.Gets("presupuesto aproximado");

        await Expect(chat.Written).ToHaveCountAsync(3);
    }

    [SkippableFact]
    public async Task Earlier_messages_that_come_late_do_not_bring_back_how_things_stood()
    {
        stage.Require();
        await using var ana = await stage.Visit();
        await using var visitor = await stage.Visit(width: 390, height: 844);
        await ana.SignIn(Stage.Ana);
        await visitor.Page.RouteAsync("**/session", async route =>
        {
            var answer = await route.FetchAsync();
            var begun = JsonNode.Parse(await answer.TextAsync())!;
            begun["thread"]!["more"] = true;
            await route.FulfillAsync(new() { Response = answer, Body = begun.ToJsonString() });
        });
        var chat = await Begun(visitor, "Hugo Tarde");
        var (read, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        await visitor.Page.RouteAsync("**/messages?before=*", async route =>
        {
            var older = await route.FetchAsync();
            read.SetResult();
            await released.Task;
            await route.FulfillAsync(new() { Response = older });
        });
        await visitor.Page.ClickAsync("#earlier");
        await read.Task;
        var desk = new Desk(ana.Page);
        await desk.Choose("automated");
        await desk.Open("Hugo Tarde");
        await desk.Claim();
        await desk.Reply("Soy Ana.");
        await chat.Gets("Soy Ana.");
        await Expect(chat.State).ToHaveTextAsync("Te atiende Ana");

        released.SetResult();

        await Expect(visitor.Page.Locator("#earlier")).ToBeHiddenAsync();
        await Expect(chat.State).ToHaveTextAsync("Te atiende Ana");
        visitor.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Two_calls_that_learn_together_that_their_visitor_is_no_more_begin_one_new_visitor()
    {
        stage.Require();
        await using var visitor = await stage.Visit(width: 390, height: 844);
        var page = visitor.Page;
        var chat = await Begun(visitor, "Inés Otra");
        var (sessions, refused) = (0, 0);
        var (both, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/session", async route =>
        {
            Interlocked.Increment(ref sessions);
            await released.Task;
            await route.ContinueAsync();
        });
        await page.RouteAsync("**/chat/web/messages**", async route =>
        {
            var number = Interlocked.Increment(ref refused);
            await (number > 2 ? route.ContinueAsync() : route.FulfillAsync(new() { Status = 401 }));
            if (number == 2)
            {
                both.SetResult();
            }
        });
        await chat.Box.FillAsync("Sigo aquí");
        await chat.Box.PressAsync("Enter");
        await page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await both.Task;
        await page.EvaluateAsync("fetch(location.href)");

        released.SetResult();

        await chat.Has("delivered");
        sessions.Should().Be(1);
    }

    private static async Task<ChatWindow> Begun(Visitor visitor, string name)
    {
        var chat = new ChatWindow(visitor.Page);
        await visitor.Page.GotoAsync("/chat/web");
        await chat.Write("Hola");
        await chat.Gets("¿Cómo te llamas?");
        await chat.Write(name);
        await chat.Gets("¿En qué podemos ayudarte?");
        return chat;
    }
}
