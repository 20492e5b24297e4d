using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Dialogs;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Side;

/// <summary>What went wrong, what to do about it, and the ways out: again, without it, by a person, or put aside.</summary>
public sealed partial class IncidentCard
{
    private readonly Once once = new();

    [Parameter, EditorRequired] public IncidentView Incident { get; set; } = default!;

    [Parameter, EditorRequired] public Guid Conversation { get; set; }

    /// <summary>Whether this person may take the conversation over.</summary>
    [Parameter] public bool MayClaim { get; set; }

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskClock Clock { get; set; } = default!;

    [Inject] private DeskVerbs Verbs { get; set; } = default!;

    [Inject] private IDialogService Dialogs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    /// <summary>An unknown send is repeated only by somebody who has read that it may arrive twice.</summary>
    private async Task Retry()
    {
        var unknown = Incident.Kind == nameof(ProblemKind.UnknownSend);
        if (!unknown || await Dialogs.ShowMessageBoxAsync(
            Words["Incident_Duplicate_Title"], Words["Incident_Duplicate_Text"], Words["Incident_Duplicate_Send"], cancelText: Words["Cancel"]) == true)
        {
            await Run(new RetryProblem(Incident.Id, MayDuplicate: unknown), "Done_Retried");
        }
    }

    private Task Skip() => Run(new SkipProblem(Incident.Id), "Done_Skipped");

    private Task TakeOver() => Run(new Claim(), "Done_Claimed");

    private async Task Dismiss()
    {
        var parameters = new DialogParameters<ReasonDialog> { { d => d.Text, Words["Dismiss_Text"] } };
        var dialog = await Dialogs.ShowAsync<ReasonDialog>(Words["Dismiss_Title"], parameters);
        if ((await dialog.Result)?.Data is string reason)
        {
            await Run(new DismissProblem(Incident.Id, reason, NotBlocking: !Incident.Blocking), "Done_Dismissed");
        }
    }

    private async Task Run(Command command, string done)
    {
        await Verbs.Run(Conversation, command, Me!, Words[done]);
        await Changed.InvokeAsync();
    }
}
