using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <param name="ClientId">Under which they are sent: the one of an earlier try whose outcome never came, or the new one.</param>
public sealed record TakenWords(string Text, string ClientId);

/// <summary>The few things that only a browser can do: sound, zone, drafts, scrolling. A closed circuit makes each of them a no-op.</summary>
public sealed class DeskScript(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;

    public Task<string?> Zone() => Ask<string?>("zone");

    /// <summary>Whether there is room for the details beside the thread; otherwise they lie over it and begin closed.</summary>
    public Task<bool> Wide() => Ask<bool>("wide");

    public Task<bool> Muted() => Ask<bool>("muted");

    public Task SetMuted(bool muted) => Tell("setMuted", muted);

    public Task Beep() => Tell("beep");

    /// <summary>Whether somebody is looking: the page is in front.</summary>
    public Task<bool> Visible() => Ask<bool>("visible");

    public Task Copy(string text) => Tell("copy", text);

    public Task Theme(bool dark) => Tell("theme", dark);

    public Task FollowThread(ElementReference scroller, string conversation) => Tell("follow", scroller, conversation);

    public Task ToEnd(ElementReference scroller) => Tell("toEnd", scroller);

    public Task AttachComposer<T>(ElementReference box, DotNetObjectReference<T> owner) where T : class => Tell("attach", box, owner);

    /// <summary>Takes the text out of the composer and clears box and draft. The browser keeps it until <see cref="Sent"/> is said.</summary>
    public Task<TakenWords?> TakeDraft(ElementReference box, string newId) => Ask<TakenWords>("take", box, newId);

    /// <summary>Its outcome is known: the browser need not keep it.</summary>
    public Task Sent(string draft, string clientId) => Tell("sent", draft, clientId);

    /// <summary>Puts a text back that could not be sent, unless something new was typed meanwhile.</summary>
    /// <param name="clientId">When it may have been sent for all that: another try is the same message.</param>
    public Task PutDraft(ElementReference box, string draft, string text, string? clientId) => Tell("put", box, draft, text, clientId);

    /// <summary>Where the desk stands, for the page that comes after this one when its server goes away.</summary>
    public Task KeepPlace(string place) => Tell("keepPlace", place);

    /// <summary>The place that was kept, when the page came anew for that reason; else null.</summary>
    public Task<string?> PlaceKept() => Ask<string?>("placeKept");

    /// <summary>Who has just taken a conversation writes next: no second click, where no keyboard on the glass would cover the page.</summary>
    public Task FocusComposer() => Tell("focusComposer");

    /// <summary>Adds words to what is written in the composer.</summary>
    public Task AddToDraft(ElementReference box, string draft, string text) => Tell("add", box, draft, text);

    private async Task Tell(string name, params object?[] args)
    {
        try
        {
            await (await Module()).InvokeVoidAsync(name, args);
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone; nothing to show to nobody.
        }
        catch (TaskCanceledException)
        {
            // The same, noticed later.
        }
    }

    private async Task<T?> Ask<T>(string name, params object?[] args)
    {
        try
        {
            return await (await Module()).InvokeAsync<T>(name, args);
        }
        catch (JSDisconnectedException)
        {
            return default;
        }
        catch (TaskCanceledException)
        {
            return default;
        }
    }

    private async Task<IJSObjectReference> Module() => module ??= await js.InvokeAsync<IJSObjectReference>("import", "./js/desk.js");

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The circuit ended first.
        }
    }
}
