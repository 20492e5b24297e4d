using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>The lead's telephone: the page of the WhatsApp stand-in.</summary>
internal sealed class Phone(IPage page)
{
    public ILocator Sent => page.Locator("#messages .bubble.mine");

    /// <summary>What the business has written, oldest first.</summary>
    public ILocator Received => page.Locator("#messages .bubble:not(.mine)");

    public async Task Join(string name)
    {
        await page.GotoAsync("/wasim");
        await page.FillAsync("#name", name);
        await page.ClickAsync("#join-button");
        await Expect(page.Locator("#text")).ToBeVisibleAsync();
    }

    public async Task Write(string text)
    {
        await page.FillAsync("#text", text);
        await page.ClickAsync("#send");
        await Expect(page.Locator("#messages .bubble.mine").Filter(new() { HasText = text }).Last).ToBeVisibleAsync();
    }

    /// <summary>Chooses a file from disk, writes a caption and sends both.</summary>
    public async Task Attach(string name, string mimeType, byte[] bytes, string caption)
    {
        await Choose(name, mimeType, bytes);
        await page.FillAsync("#caption", caption);
        await page.ClickAsync("#file-send");
    }

    public Task Choose(string name, string mimeType, byte[] bytes) =>
        page.SetInputFilesAsync("#file", new FilePayload { Name = name, MimeType = mimeType, Buffer = bytes });

    /// <summary>Sends one of the examples of the page's menu.</summary>
    public async Task SendExample(string name)
    {
        await page.ClickAsync("#attach");
        await page.Locator("#samples button").GetByText(name, new() { Exact = true }).ClickAsync();
    }

    /// <summary>Chooses a row of the newest list.</summary>
    public async Task Pick(string row)
    {
        await Received.Last.Locator(".options button").ClickAsync();
        await page.Locator("#rows button").Filter(new() { HasText = row }).ClickAsync();
    }

    public async Task Gets(string text) => await Expect(Received.Filter(new() { HasText = text }).Last).ToBeVisibleAsync();

    /// <summary>Answers the flow of qualification from its first question to its handoff.</summary>
    public async Task AnswerFromName(string name)
    {
        await Write(name);
        await Gets("¿En qué podemos ayudarte?");
        await Pick("Comprar o presupuesto");
        await Gets("presupuesto aproximado");
        await Write("4500");
        await Gets("¿A qué correo");
        await Write("marta@example.com");
        await Gets("Te paso con una persona");
    }
}
