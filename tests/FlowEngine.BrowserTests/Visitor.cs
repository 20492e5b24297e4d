using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>One person at one browser.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> errors = new();

    public Visitor(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => errors.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>Another tab of the same browser.</summary>
    public Task<IPage> Tab() => context.NewPageAsync();

    public Task Disconnect(bool disconnected) => context.SetOfflineAsync(disconnected);

    /// <summary>Errors in the browser's console and uncaught exceptions of scripts.</summary>
    public IReadOnlyList<string> Errors => [.. errors];

    public async Task SignIn(Employee employee)
    {
        await Page.GotoAsync("/account/login");
        await Page.FillAsync("#email", employee.Email);
        await Page.FillAsync("#password", Stage.Password);
        await Page.ClickAsync("button[type=submit]");
        await new Desk(Page).IsReady();
    }

    /// <summary>A page of the administration by its address, with its live connection: before that a click would be lost.</summary>
    /// <param name="mark">What on it says so.</param>
    public async Task Open(string path, string mark)
    {
        await Page.GotoAsync(path);
        await Expect(Page.GetByTestId(mark)).ToHaveAttributeAsync("data-live", "true", new() { Timeout = 60_000 });
    }

    /// <summary>Keeps a picture of the page under this name, in artifacts/screens; those for the README also in docs/images, when that is wanted.</summary>
    /// <param name="of">Another tab than the first.</param>
    public async Task Picture(string name, bool forTheReadme = false, IPage? of = null)
    {
        var picture = await (of ?? Page).ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        foreach (var folder in Setting.PictureFolders(forTheReadme))
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), picture);
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
