using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Dialogs;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Side;

/// <summary>Everything known of the open conversation: what went wrong first, then who and whose, what the lead said of themselves, the trail.</summary>
public sealed partial class SidePane : IDisposable
{
    [Parameter] public EventCallback Close { get; set; }

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskThread Thread { get; set; } = default!;

    [Inject] private DeskClock Clock { get; set; } = default!;

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    [Inject] private DeskVerbs Verbs { get; set; } = default!;

    [Inject] private IDialogService Dialogs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private ConversationDetail Detail => Thread.Detail!;

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

    private async Task Dismiss(IncidentView incident)
    {
        var parameters = new DialogParameters<ReasonDialog> { { d => d.Text, Words["Dismiss_Text"] } };
        var dialog = await Dialogs.ShowAsync<ReasonDialog>(Words["Dismiss_Title"], parameters);
        if ((await dialog.Result)?.Data is string reason)
        {
            await Verbs.Run(Row.Id, new DismissProblem(incident.Id, reason), Me!, Words["Done_Dismissed"]);
            await Changed.InvokeAsync();
        }
    }

    private void OnTick() => _ = InvokeAsync(StateHasChanged);

    public void Dispose() => Clock.Tick -= OnTick;
}
