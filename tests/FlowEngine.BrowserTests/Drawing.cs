using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>The Studio's editor, driven as a person does: by what stands on it and by the mouse.</summary>
internal sealed partial class Drawing(IPage page)
{
    /// <summary>Pixels at which the ports of a drawing are not under the pane on the right.</summary>
    public const int Wide = 1700;

    public const int High = 1100;

    /// <summary>Milliseconds. The Studio is interpreted WebAssembly: on a busy machine its first page takes half a minute.</summary>
    public const float Patience = 120_000;

    public ILocator Canvas => page.Locator(".flowchart-diagram-designer-wrapper");

    public ILocator Steps => page.Locator(".x6-node");

    public ILocator Step(string name) => Steps.Filter(new() { HasText = name }).First;

    public ILocator Snackbar(string text) => page.Locator(".mud-snackbar").Filter(new() { HasText = text });

    /// <summary>The list of flows, ready to be clicked.</summary>
    public async Task OpenList()
    {
        await page.GotoAsync("/studio");
        await Expect(page.Locator("tbody tr").First).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    public async Task Open(string definition)
    {
        await page.GotoAsync($"/studio/definitions/{definition}");
        await IsReady();
    }

    /// <summary>Puts another editor into the page that is open: a start of the Studio takes many times as long.</summary>
    public async Task Swap(string definition, string name)
    {
        await page.EvaluateAsync(
            """
            async id => {
              const place = document.getElementById('studio');
              place.replaceChildren();
              // An element is disposed a second after it has left the page; two at once would quarrel about the same place.
              await new Promise(gone => setTimeout(gone, 1500));
              const editor = document.createElement('elsa-workflow-definition-editor');
              editor.setAttribute('remote-endpoint', `${location.origin}/elsa/api`);
              editor.setAttribute('definition-id', id);
              place.append(editor);
            }
            """,
            definition);
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = name }).First).ToBeVisibleAsync();
    }

    public async Task Create(string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Create workflow", Exact = true }).ClickAsync();
        await page.Locator(".mud-dialog input").First.FillAsync(name);
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Ok" }).ClickAsync();
        await page.WaitForURLAsync("**/studio/definitions/**", new() { Timeout = Patience });
        await IsReady();
    }

    public async Task OpenCategory(string category) => await page.Locator(".mud-expand-panel-header, .mud-expand-panel-text").Filter(new() { HasText = category }).First.ClickAsync();

    /// <summary>Drops an activity from the toolbox onto the canvas; it is selected then.</summary>
    public async Task Drop(string activity, int x, int y)
    {
        var before = await Steps.CountAsync();
        await page.Locator("[draggable=true]").Filter(new() { HasText = activity }).First.DragToAsync(Canvas, new() { TargetPosition = new() { X = x, Y = y } });
        await Expect(Steps).ToHaveCountAsync(before + 1);
    }

    public async Task Connect(string from, string outcome, string to)
    {
        await Saved(async () =>
        {
            var (start, end) = (await Port(from, outcome), await Port(to, "In"));
            await page.Mouse.MoveAsync(start.X, start.Y);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync((start.X + end.X) / 2, ((start.Y + end.Y) / 2) + 10, new() { Steps = 5 });
            await page.Mouse.MoveAsync(end.X, end.Y, new() { Steps = 5 });
            await page.Mouse.UpAsync();
        });
    }

    public async Task Select(string step)
    {
        var box = await Place(Step(step));
        await page.Mouse.ClickAsync(box.X + 110, box.Y + 20);
        await Expect(page.Locator("[id^='pane-']").Last).ToBeVisibleAsync();
    }

    /// <summary>Types into an input of the selected step, and waits until it has been saved by itself.</summary>
    public async Task Type(string input, string text) => await Saved(async () =>
    {
        var field = Row(input).Locator("input, textarea").First;
        await field.FillAsync(text);
        await field.BlurAsync();
    });

    /// <summary>Chooses from a list of the selected step.</summary>
    public async Task Choose(string input, string option) => await Saved(async () =>
    {
        await Row(input).Locator(".mud-input-slot").First.ClickAsync();
        await page.Locator(".mud-popover-open .mud-list-item, .mud-popover-open .mud-list-item-extended").Filter(new() { HasText = option }).First.ClickAsync();
    });

    public async Task Tick(string input) => await Saved(() => Row(input).Locator("input[type=checkbox]").First.ClickAsync());

    /// <summary>Adds an entry to a list of words.</summary>
    public async Task Add(string input, string word) => await Saved(async () =>
    {
        var field = Row(input).Locator("input").First;
        await field.FillAsync(word);
        await field.PressAsync("Enter");
    });

    /// <summary>Switches an input to a script language and writes it. The code editor closes brackets by itself.</summary>
    public async Task Script(string input, string language, string script)
    {
        await Saved(async () =>
        {
            await Row(input).Locator("button").Last.ClickAsync();
            await page.Locator(".mud-popover-open .mud-menu-item").Filter(new() { HasText = language }).ClickAsync();
        });
        await Row(input).Locator(".monaco-editor").First.ClickAsync();
        await Saved(() => page.Keyboard.TypeAsync(script));
    }

    /// <summary>The tab of the version history, with this many versions.</summary>
    public async Task ShowHistory(int versions)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Version history" }).ClickAsync();
        await Expect(page.Locator("table:visible tbody tr")).ToHaveCountAsync(versions);
    }

    /// <summary>Goes back to the version in this row of the history.</summary>
    public async Task RollBack(int row)
    {
        await page.Locator("table:visible tbody tr").Nth(row).Locator("button").Last.ClickAsync();
        await page.Locator(".mud-popover-open .mud-menu-item").Filter(new() { HasText = "Rollback" }).ClickAsync();
    }

    /// <summary>The flow's own name, among its properties. Answers when it is typed, not when it is saved.</summary>
    public async Task Rename(string name)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Properties" }).First.DispatchEventAsync("click");
        var field = page.Locator(".mud-input-control").Filter(new() { HasText = "The name of the workflow." }).Locator("input").First;
        await field.FillAsync(name);
        await field.BlurAsync();
    }

    /// <summary>Takes a file into the open flow.</summary>
    public async Task Import(string name, string json)
    {
        await page.Locator("button:visible:has(path[d^='M7 10l5 5 5-5z'])").First.ClickAsync();
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Locator(".mud-popover-open .mud-menu-item").Filter(new() { HasText = "Import" }).ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = name, MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(json) });
    }

    /// <summary>The cloud in the toolbar; its buttons have no names.</summary>
    public async Task Publish() => await page.Locator("button:visible:has(path[d^='M19.35 10.04'])").First.ClickAsync();

    /// <summary>An input with its menu; one without a choice of expressions stands alone.</summary>
    private ILocator Row(string input)
    {
        var name = page.GetByText(input, new() { Exact = true });
        return Pane.Locator(".d-flex.flex-row.gap-3").Filter(new() { Has = name }).Last.Or(Pane.Locator(".mud-input-control").Filter(new() { Has = name })).First;
    }

    /// <summary>Does something that the Studio saves by itself half a second later, and waits for the answer.</summary>
    private async Task Saved(Func<Task> change)
    {
        var saved = page.WaitForResponseAsync(r => r.Request.Method == "POST" && r.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal), new() { Timeout = Patience });
        await change();
        Assert.Equal(200, (await saved).Status);
    }

    private async Task IsReady() => await Expect(page.Locator(".x6-graph").First).ToBeVisibleAsync(new() { Timeout = Patience });

    private async Task<(float X, float Y)> Port(string step, string port)
    {
        var box = await Place(Step(step).Locator($"[port='{port}']").First);
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    /// <summary>Where it is once it has stopped moving: the canvas shifts by itself while something is put on it.</summary>
    private static async Task<LocatorBoundingBoxResult> Place(ILocator drawn)
    {
        LocatorBoundingBoxResult? before;
        var now = await drawn.BoundingBoxAsync();
        do
        {
            before = now;
            await drawn.EvaluateAsync("() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))");
            now = await drawn.BoundingBoxAsync();
        }
        while (before is null || now is null || (before.X, before.Y) != (now.X, now.Y));
        return now;
    }
}
