using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Server.Inbox.Screens.Desk;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlowEngine.Server.Inbox.Screens.Shell;

/// <summary>The frame of every page: theme, top bar, and a floor under a page that breaks.</summary>
public sealed partial class MainLayout
{
    private bool dark;
    private ErrorBoundary? boundary;

    [Inject] private Phrases Words { get; set; } = default!;

    [Inject] private DeskScript Script { get; set; } = default!;

    [CascadingParameter] private StartTheme? Start { get; set; }

    protected override void OnInitialized() => dark = Start?.Dark ?? false;

    protected override void OnParametersSet() => boundary?.Recover();

    private async Task Darken(bool value)
    {
        dark = value;
        await Script.Theme(value);
    }
}
