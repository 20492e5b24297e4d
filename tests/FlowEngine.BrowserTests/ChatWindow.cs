using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowEngine.BrowserTests;

/// <summary>The web chat as a visitor uses it: a page of its own, or the frame in a site.</summary>
internal sealed class ChatWindow(Func<string, ILocator> find)
{
    public ChatWindow(IPage page) : this(selector => page.Locator(selector))
    {
    }

    public ChatWindow(IFrameLocator frame) : this(selector => frame.Locator(selector))
    {
    }

    /// <summary>What was said to the visitor, oldest first.</summary>
    public ILocator Received => find("#lines .bubble:not(.mine)");

    public ILocator Written => find("#lines .bubble.mine");

    public ILocator State => find("#state");

    public ILocator Offline => find("#offline");

    public ILocator Notes => find("#lines .note");

    public ILocator Box => find("#text");

    /// <summary>The files that the next message takes along.</summary>
    public ILocator Chosen => find("#tray li");

    /// <summary>Why a message did not leave, and what can be done.</summary>
    public ILocator Failure => find("#lines .failure");

    public Task Choose(params FilePayload[] files) => find("#file").SetInputFilesAsync(files);

    public async Task Write(string text)
    {
        await Box.FillAsync(text);
        await Box.PressAsync("Enter");
        await Expect(Written.Filter(new() { HasText = text }).Last).ToBeVisibleAsync();
    }

    public Task Pick(string option) => find("#lines .options button").Filter(new() { HasText = option }).ClickAsync();

    public async Task Gets(string text) => await Expect(Received.Filter(new() { HasText = text }).Last).ToBeVisibleAsync();

    /// <summary>The newest own message has come this far: sent, delivered, read.</summary>
    public async Task Has(string tick) => await Expect(Written.Last.Locator($".tick.{tick}")).ToBeVisibleAsync();

    public Task Close() => find("#close").ClickAsync();
}
