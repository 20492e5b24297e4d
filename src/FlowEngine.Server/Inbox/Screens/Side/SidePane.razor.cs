using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Side;

/// <summary>Everything known of the open conversation: what went wrong first, then who and whose, what the lead said of themselves, the trail.</summary>
public sealed partial class SidePane : IDisposable
{
    [Parameter, EditorRequired] public ConversationDetail Detail { get; set; } = default!;

    [Parameter] public EventCallback Close { get; set; }

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskThread Thread { get; set; } = default!;

    [Inject] private DeskClock Clock { get; set; } = default!;

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private ConversationRow Row => Detail.Row;

    private ReplyWindow Window => ReplyWindow.Of(Detail, Directory.Connection(Row.Connection));

    private TimeSpan? Left => Window.Applies ? Window.Left(Clock.Now) : TimeSpan.MaxValue;

    private string WindowText => (Window.Applies, Left) switch
    {
        (false, _) => Words["Window_None"],
        (_, null) => Words["Window_ClosedShort"],
        (_, { } left) => Words["Window_Left", WaitAge.Format(left)],
    };

    protected override void OnInitialized() => Clock.Tick += OnTick;

    private void OnTick() => _ = InvokeAsync(StateHasChanged);

    public void Dispose() => Clock.Tick -= OnTick;
}
