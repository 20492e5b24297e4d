using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Resources;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace FlowEngine.Server.Inbox.Screens.Shell;

/// <summary>Logo, rooms, and the switches that belong to the person rather than to a page.</summary>
public sealed partial class TopBar : IDisposable
{
    [Parameter] public bool Dark { get; set; }

    [Parameter] public EventCallback<bool> DarkChanged { get; set; }

    [Inject] private Phrases Words { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private static string Current => CultureInfo.CurrentUICulture.Name;

    private string Here => "/" + Navigation.ToBaseRelativePath(Navigation.Uri);

    /// <summary>A conversation has an address of its own and is still the inbox.</summary>
    private string InboxClass => Here.StartsWith("/conversations/", StringComparison.Ordinal) ? "active" : "";

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    private void Moved(object? sender, LocationChangedEventArgs move) => _ = InvokeAsync(StateHasChanged);

    private void Speak(string culture) =>
        Navigation.NavigateTo($"{Languages.Path}?culture={culture}&returnUrl={Uri.EscapeDataString(Here)}", forceLoad: true);

    public void Dispose() => Navigation.LocationChanged -= Moved;
}
