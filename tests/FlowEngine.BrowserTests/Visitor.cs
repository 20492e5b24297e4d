using Microsoft.Playwright;

namespace FlowEngine.BrowserTests;

/// <summary>One person at one browser.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> errors = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => errors.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>Another tab of the same browser.</summary>
    public Task<IPage> Tab() => context.NewPageAsync();

    public Task Disconnect(bool disconnected) => context.SetOfflineAsync(disconnected);

    /// <summary>Errors in the browser's console and uncaught exceptions of scripts.</summary>
    public IReadOnlyList<string> Errors => errors;

    public async Task SignIn(Employee employee)
    {
        await Page.GotoAsync("/account/login");
        await Page.FillAsync("#email", employee.Email);
        await Page.FillAsync("#password", Stage.Password);
        await Page.ClickAsync("button[type=submit]");
        await new Desk(Page).IsReady();
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
