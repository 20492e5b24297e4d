using Microsoft.Playwright;

namespace FlowEngine.BrowserTests;

/// <summary>Editors that are more than a line of text: tables, ticks, code, and where an output goes.</summary>
internal sealed partial class Drawing
{
    private ILocator Pane => page.Locator("[id^='pane-']").Last;

    /// <summary>One more case of a switch, with the kind of condition that the Studio proposes.</summary>
    public async Task AddCase(string label, string condition)
    {
        await Pane.GetByRole(AriaRole.Button, new() { Name = "Add case" }).ClickAsync();
        await FillRow(("Label", label), ("Condition", condition));
    }

    /// <summary>One more entry of a table of keys and values.</summary>
    public async Task AddEntry(string input, string key, string value)
    {
        await Row(input).GetByRole(AriaRole.Button, new() { Name = "Add entry" }).ClickAsync();
        await FillRow(("Key", key), ("Value", value));
    }

    /// <summary>Ticks one of several boxes.</summary>
    public async Task Check(string option) =>
        await Saved(() => Pane.Locator(".mud-checkbox").Filter(new() { HasText = option }).First.ClickAsync());

    /// <summary>Writes into a code editor, which is there from the start. It closes brackets and quotes by itself, so the text is put in as a whole.</summary>
    public async Task Code(string input, string code)
    {
        await Row(input).Locator(".monaco-editor").First.ClickAsync();
        await Saved(() => page.Keyboard.InsertTextAsync(code));
    }

    /// <summary>Keeps an output of the selected step in a variable.</summary>
    public async Task Keep(string output, string variable)
    {
        await Pane.GetByRole(AriaRole.Tab, new() { Name = "Output" }).ClickAsync();
        await Saved(async () =>
        {
            await Pane.Locator(".mud-select").Filter(new() { Has = page.Locator("label").GetByText(output, new() { Exact = true }) }).Locator(".mud-input-slot:visible").First.ClickAsync();
            await page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasText = variable }).First.ClickAsync();
        });
        await Pane.GetByRole(AriaRole.Tab, new() { Name = "Input" }).ClickAsync();
    }

    /// <summary>Fills the row that is being edited, and takes it over by its tick.</summary>
    private async Task FillRow(params (string Column, string Text)[] cells)
    {
        foreach (var (column, text) in cells)
        {
            var field = Pane.Locator($"td[data-label='{column}'] input").First;
            await field.FillAsync(text);
            await field.BlurAsync();
        }

        await Saved(() => Pane.Locator("tbody tr td button").First.ClickAsync());
    }
}
