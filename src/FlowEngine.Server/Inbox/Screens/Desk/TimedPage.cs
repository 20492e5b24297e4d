using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>A page that shows times: in the browser's zone, which is known after the first picture.</summary>
public abstract class TimedPage : ComponentBase
{
    [Inject] protected DeskClock Clock { get; set; } = default!;

    [Inject] private DeskScript Script { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            Clock.Start(await Script.Zone());
            StateHasChanged();
        }
    }
}
