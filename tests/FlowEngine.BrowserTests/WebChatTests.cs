using System.Net.Http.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class WebChatTests(Stage stage)
{
    [SkippableFact]
    public async Task A_visitor_talks_with_the_flow_a_person_takes_over_and_a_reload_goes_on_where_it_was()
    {
        stage.Require();
        const string name = "Nora Vidal";
        await using var ana = await stage.Visit();
        await using var nora = await stage.Visit(width: 390, height: 844);
        await ana.SignIn(Stage.Ana);
        var (desk, chat) = (new Desk(ana.Page), new ChatWindow(nora.Page));
        await nora.Page.GotoAsync("/chat");
        await chat.Write("Hola");
        await chat.Gets("¿Cómo te llamas?");
        await chat.Write(name);
        await chat.Gets("¿En qué podemos ayudarte?");

        await desk.Choose("automated");
        await desk.Open(name);
        await Expect(desk.Row(name).GetByTestId("chat-mark")).ToBeVisibleAsync();
        await desk.Claim();
        await desk.Reply("Hola, Nora. Soy Ana, te atiendo yo.");
        await chat.Gets("Soy Ana");
        await Expect(chat.State).ToHaveTextAsync("Te atiende Ana");
        var said = await chat.Received.CountAsync();
        await chat.Write("Quiero una cocina. ¿Me llamáis?");
        await desk.Says("¿Me llamáis?");
        await desk.Reply("Claro: https://example.com/cita");
        await chat.Gets("https://example.com/cita");
        (await chat.Received.CountAsync()).Should().Be(said + 1, "only Ana answers");
        await chat.Has("read");
        await nora.Picture("chat-person");

        await nora.Page.ReloadAsync();
        await chat.Gets("https://example.com/cita");
        (await chat.Received.CountAsync()).Should().Be(said + 1, "the thread is as it was");

        await desk.Finalize();
        await Expect(chat.Notes.Last).ToHaveTextAsync("La conversación terminó. Si escribes, empieza otra.");
        await chat.Write("Otra cosa");
        await desk.Says("Otra cosa");
        await Expect(ana.Page.GetByTestId("episode").Last).ToContainTextAsync("2");
        await Expect(chat.Notes.Filter(new() { HasText = "Nueva conversación" })).ToBeVisibleAsync();
        ana.Errors.Concat(nora.Errors).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Options_are_tapped_two_tabs_show_the_same_and_a_person_is_announced()
    {
        stage.Require();
        await using var visitor = await stage.Visit("pt-BR", 390, 844, dark: true);
        var chat = new ChatWindow(visitor.Page);
        await visitor.Page.GotoAsync("/chat/web");
        await chat.Write("Oi");
        await chat.Gets("¿Cómo te llamas?");
        await chat.Write("Rui Prado");
        await chat.Gets("¿En qué podemos ayudarte?");
        await visitor.Picture("chat-options-dark");
        var second = new ChatWindow(await Open(visitor));
        await chat.Pick("Comprar o presupuesto");
        await second.Gets("presupuesto aproximado");
        await second.Write("4500");
        await chat.Gets("¿A qué correo");
        await chat.Write("rui@example.com");
        await chat.Gets("Te paso con una persona");

        await Expect(chat.State).ToHaveTextAsync("Uma pessoa vai responder aqui.");
        await Expect(second.Written).ToHaveCountAsync(5);
        visitor.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task What_is_written_without_a_connection_leaves_once_when_it_is_back()
    {
        stage.Require();
        await using var visitor = await stage.Visit(width: 390, height: 844);
        var chat = new ChatWindow(visitor.Page);
        await visitor.Page.GotoAsync("/chat/web");
        await chat.Write("Hola");
        await chat.Gets("¿Cómo te llamas?");

        await visitor.Disconnect(true);
        await chat.Write("Eva Sanz");
        await Expect(chat.Offline).ToBeVisibleAsync();
        await Expect(chat.Written.Last.Locator(".tick.sending")).ToBeVisibleAsync();
        await visitor.Disconnect(false);

        await chat.Gets("¿En qué podemos ayudarte?");
        await Expect(chat.Offline).ToBeHiddenAsync();
        await Expect(chat.Written).ToHaveCountAsync(2);
    }

    [SkippableFact]
    public async Task Nothing_that_anybody_writes_is_read_as_html()
    {
        stage.Require();
        await using var visitor = await stage.Visit(width: 390, height: 844);
        var chat = new ChatWindow(visitor.Page);
        await visitor.Page.GotoAsync("/chat/web");
        await chat.Write("<img src=x onerror=\"document.title='broken'\"> javascript:alert(1) https://example.com/?a=1&b=2.");
        await chat.Has("delivered");

        (await chat.Written.Locator("img").CountAsync()).Should().Be(0);
        (await chat.Written.Locator("a").AllInnerTextsAsync()).Should().Equal("https://example.com/?a=1&b=2");
        (await visitor.Page.TitleAsync()).Should().NotBe("broken");
        visitor.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task The_widget_stands_in_another_site_counts_what_comes_and_goes_on_on_the_next_page()
    {
        stage.Require();
        using var site = Site.Open(stage.Address);
        await Allow(site);
        await using var ana = await stage.Visit();
        await using var leo = await stage.Visit(width: 1280, height: 820);
        await ana.SignIn(Stage.Ana);
        var (desk, chat, button) = (new Desk(ana.Page), new ChatWindow(leo.Page.FrameLocator("iframe")), leo.Page.GetByRole(AriaRole.Button));
        await leo.Page.GotoAsync(site.Origin);
        await button.ClickAsync();
        await chat.Write("Hola");
        await chat.Gets("¿Cómo te llamas?");
        await chat.Write("Leo Marín");
        await chat.Gets("¿En qué podemos ayudarte?");
        await leo.Picture("chat", forTheReadme: true);
        await chat.Close();
        await Expect(leo.Page.Locator("iframe")).ToBeHiddenAsync();

        await desk.Choose("automated");
        await desk.Open("Leo Marín");
        await desk.Claim();
        await desk.Reply("Hola, Leo. ¿Sigues ahí?");
        await Expect(button).ToHaveAccessibleNameAsync("Abrir el chat, 1 sin leer");
        await button.ClickAsync();
        await chat.Gets("¿Sigues ahí?");
        await leo.Page.GetByText("Contacto").ClickAsync();
        await leo.Page.WaitForURLAsync("**/contacto");
        await chat.Gets("¿Sigues ahí?");
        await chat.Write("Sí, aquí sigo");
        await desk.Says("Sí, aquí sigo");
        leo.Errors.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_site_that_the_connection_does_not_name_shows_no_chat()
    {
        stage.Require();
        using var site = Site.Open(stage.Address);
        await using var visitor = await stage.Visit();
        var refused = visitor.Page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
        await visitor.Page.GotoAsync(site.Origin);
        await refused;

        await Expect(visitor.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [SkippableTheory]
    [InlineData(390, 844, false, "chat-phone")]
    [InlineData(390, 844, true, "chat-phone-dark")]
    [InlineData(1280, 820, false, "chat-desktop")]
    public async Task The_chat_has_no_serious_barrier(int width, int height, bool dark, string picture)
    {
        stage.Require();
        await using var visitor = await stage.Visit(width: width, height: height, dark: dark);
        var chat = new ChatWindow(visitor.Page);
        await visitor.Page.GotoAsync("/chat/web");
        await Expect(visitor.Page.Locator("#greeting")).ToBeVisibleAsync();
        await chat.Write("Hola");
        await chat.Gets("¿Cómo te llamas?");
        await chat.Write("Iris Bravo");
        await chat.Gets("¿En qué podemos ayudarte?");
        await visitor.Picture(picture);

        string.Join('\n', AccessibilityTests.Barriers(await visitor.Page.RunAxe())).Should().BeEmpty();
    }

    private static async Task<IPage> Open(Visitor visitor)
    {
        var tab = await visitor.Tab();
        await tab.GotoAsync("/chat/web");
        return tab;
    }

    private async Task Allow(Site site)
    {
        using var machine = stage.Machine();
        using var answer = await machine.PutAsJsonAsync("/api/connections/web", new
        {
            name = "Web chat (demo)", flow = "calificacion-y-derivacion", webChat = new { origins = new[] { site.Origin }, title = "Reformas Aurora", color = "#8a3b12" },
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
