using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>Files in the web chat: from a visitor's page to the desk and back.</summary>
[Collection(nameof(Stage))]
[Trait("Category", "Browser")]
public sealed class ChatFileTests(Stage stage)
{
    [SkippableFact]
    public async Task A_visitor_sends_a_picture_and_a_document_and_an_agent_answers_with_a_picture()
    {
        stage.Require();
        const string name = "Olga Serra";
        await using var ana = await stage.Visit();
        await using var olga = await stage.Visit(width: 390, height: 844);
        await ana.SignIn(Stage.Ana);
        var (desk, chat) = (new Desk(ana.Page), new ChatWindow(olga.Page));
        await olga.Page.GotoAsync("/chat/web");
        await chat.Write("Hola");
        await chat.Gets("¿Cómo te llamas?");
        await chat.Write(name);
        await chat.Gets("¿En qué podemos ayudarte?");
        await chat.Choose(await Drawn(olga.Page, "mesa.png", 320), new() { Name = "plano.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4 plano"u8.ToArray() });
        await Expect(chat.Chosen).ToHaveCountAsync(2);
        await olga.Picture("chat-files-chosen");
        await chat.Write("Quiero esta mesa");

        await Expect(chat.Written.Filter(new() { HasText = "Quiero esta mesa" }).Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 320);
        await Expect(chat.Written.Filter(new() { HasText = "plano.pdf" })).ToBeVisibleAsync();
        await Expect(chat.Chosen).ToHaveCountAsync(0);
        await chat.Has("delivered");
        await desk.Choose("automated");
        await desk.Open(name);
        await desk.Says("Quiero esta mesa");
        var files = ana.Page.GetByTestId("media");
        await Expect(files.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 320);
        await Expect(files.Locator("a[href]").Filter(new() { HasText = "plano.pdf" })).ToBeVisibleAsync();

        await desk.Claim();
        await ana.Page.GetByTestId("attach").SetInputFilesAsync(await Drawn(olga.Page, "otra.png", 240));
        await Expect(ana.Page.GetByTestId("chosen-file")).ToContainTextAsync("otra.png");
        await desk.Reply("¿O prefieres esta?");
        var answer = chat.Received.Filter(new() { HasText = "¿O prefieres esta?" });
        await Expect(answer.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 240);
        await ana.Picture("desk-chat-files");

        await olga.Page.ReloadAsync();
        await Expect(answer.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 240);
        await Expect(chat.Written.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 320);
        var saved = await olga.Page.RunAndWaitForDownloadAsync(() => chat.Written.GetByText("plano.pdf").ClickAsync());
        saved.SuggestedFilename.Should().Be("plano.pdf");
        (await File.ReadAllTextAsync(await saved.PathAsync())).Should().Be("%PDF-1.4 plano");
        await olga.Picture("chat-files");
        string.Join('\n', AccessibilityTests.Barriers(await olga.Page.RunAxe())).Should().BeEmpty();
        ana.Errors.Concat(olga.Errors).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task In_a_sites_narrow_widget_a_picture_is_pasted_and_dropped_and_what_waits_or_fails_is_there_after_a_reload()
    {
        stage.Require();
        await using var rui = await stage.Visit("pt-BR", 360, 640);
        await rui.Page.GotoAsync("/chat/web/sample");
        await rui.Page.GetByRole(AriaRole.Button).ClickAsync();
        var chat = new ChatWindow(rui.Page.FrameLocator("iframe"));
        await chat.Write("Oi");
        await chat.Gets("¿Cómo te llamas?");

        var frame = rui.Page.Frames.Single(f => f.Url.Contains("/chat/web?", StringComparison.Ordinal));
        await Bring(frame, "paste", "mesa.png");
        await Bring(frame, "drop", "sala.png");
        await Expect(chat.Chosen).ToHaveCountAsync(2);
        await chat.Write("Tem esta mesa?");
        await Expect(chat.Written.Locator("img")).ToHaveCountAsync(2);
        await chat.Has("delivered");

        // Refused in words, with everything that was written; then a connection that breaks, over a reload.
        await rui.Page.RouteAsync("**/chat/web/files?**", route => route.FulfillAsync(new() { Status = 413, ContentType = "application/problem+json", Body = """{"code":"tooLarge"}""" }));
        await Bring(frame, "drop", "grande.png");
        await chat.Write("E esta?");
        await Expect(chat.Failure).ToContainTextAsync("O arquivo é grande demais.");
        await rui.Picture("chat-files-failed");
        await rui.Page.ReloadAsync();
        await Expect(chat.Failure).ToContainTextAsync("O arquivo é grande demais.");
        await Expect(chat.Written.Filter(new() { HasText = "E esta?" }).Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 200);
        await rui.Page.UnrouteAsync("**/chat/web/files?**");
        await chat.Failure.GetByRole(AriaRole.Button, new() { Name = "Tentar de novo" }).ClickAsync();
        await Expect(chat.Failure).ToHaveCountAsync(0);
        await chat.Has("delivered");
        await Expect(chat.Written.Locator("img")).ToHaveCountAsync(3);
        (await rui.Page.Frames.Single(f => f.Url.Contains("/chat/web?", StringComparison.Ordinal)).EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).Should().Be(0);
        rui.Errors.Should().OnlyContain(e => e.Contains("413", StringComparison.Ordinal), "the browser itself tells of the refusal");
    }

    [SkippableFact]
    public async Task A_file_that_is_empty_or_too_large_is_refused_in_words_and_nothing_typed_is_lost()
    {
        stage.Require();
        await using var visitor = await stage.Visit("en-GB", 390, 844);
        var chat = new ChatWindow(visitor.Page);
        await visitor.Page.GotoAsync("/chat/web");
        await chat.Box.FillAsync("Half a sentence");

        await chat.Choose(new FilePayload { Name = "empty.txt", MimeType = "text/plain", Buffer = [] });

        await Expect(visitor.Page.Locator("#problem")).ToHaveTextAsync("empty.txt is empty.");
        await visitor.Page.EvaluateAsync("""
            () => {
              const film = Object.defineProperty(new File(['x'], 'film.mp4', { type: 'video/mp4' }), 'size', { value: 200 * 1024 * 1024 });
              dispatchEvent(Object.defineProperty(new DragEvent('drop'), 'dataTransfer', { value: { types: ['Files'], files: [film] } }));
            }
            """);
        await Expect(visitor.Page.Locator("#problem")).ToHaveTextAsync("film.mp4 is too large: the most is 100 MB.");
        await Expect(chat.Box).ToHaveValueAsync("Half a sentence");
        await Expect(chat.Chosen).ToHaveCountAsync(0);
    }

    /// <summary>A picture as a page pastes or drops it.</summary>
    private static async Task Bring(IFrame frame, string how, string name) => await frame.EvaluateAsync(
        """
        async ([how, name]) => {
          const canvas = new OffscreenCanvas(200, 120);
          const ink = canvas.getContext('2d');
          ink.fillStyle = name.startsWith('m') ? '#8a3b12' : '#1d5f8a';
          ink.fillRect(0, 0, 200, 120);
          const data = new DataTransfer();
          data.items.add(new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png' }));
          dispatchEvent(how === 'paste' ? new ClipboardEvent('paste', { clipboardData: data }) : new DragEvent('drop', { dataTransfer: data }));
        }
        """,
        new[] { how, name });

    private static async Task<FilePayload> Drawn(IPage page, string name, int width)
    {
        var picture = await page.EvaluateAsync<string>(
            """
            (width) => {
              const canvas = Object.assign(document.createElement('canvas'), { width, height: 180 });
              const ink = canvas.getContext('2d');
              ink.fillStyle = '#e9dcc6';
              ink.fillRect(0, 0, width, 180);
              ink.fillStyle = '#8a5a2b';
              ink.fillRect(width * 0.1, 70, width * 0.8, 18);
              ink.fillRect(width * 0.16, 88, 14, 74);
              ink.fillRect(width * 0.8, 88, 14, 74);
              return canvas.toDataURL('image/png').split(',')[1];
            }
            """,
            width);
        return new FilePayload { Name = name, MimeType = "image/png", Buffer = Convert.FromBase64String(picture) };
    }
}
