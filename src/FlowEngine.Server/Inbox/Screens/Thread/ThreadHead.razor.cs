using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Dialogs;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Thread;

/// <summary>Who is being talked to, in which state, and what this person may do about it now.</summary>
public sealed partial class ThreadHead
{
    private readonly Once once = new();

    [Parameter, EditorRequired] public ConversationDetail Detail { get; set; } = default!;

    [Parameter] public bool SideOpen { get; set; }

    [Parameter] public EventCallback ToggleSide { get; set; }

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskThread Thread { get; set; } = default!;

    [Inject] private DeskVerbs Verbs { get; set; } = default!;

    [Inject] private DeskScript Script { get; set; } = default!;

    [Inject] private IDialogService Dialogs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private ConversationRow Row => Detail.Row;

    private Rights Rights => Rights.Of(Detail, Me!);

    private string ClaimLabel => Words[Row.Owner.Kind switch
    {
        OwnerKind.Flow or OwnerKind.OtherApp or OwnerKind.Agent => "Verb_TakeOver",
        _ => "Verb_Claim",
    }];

    /// <summary>Only against the epoch on the screen: who was quicker in the meantime is shown instead of overrun.</summary>
    private Task Claim() => once.Do(() => Take(new Claim(Detail.Epoch), null));

    private Task Reopen() => once.Do(() => Take(new Reopen(), Words["Done_Reopened"]));

    private async Task Take(Command command, string? done)
    {
        await Act(command, done);
        await Script.FocusComposer();
    }

    private Task Waive() => once.Do(() => Act(new NoAnswerNeeded(Detail.LastLeadOrder), Words["Done_NoAnswerNeeded"]));

    private Task HandBack() => once.Do(() => Act(new Release("flow"), Words["Done_HandedBack"]));

    private Task Transfer() => once.Do(AskAndTransfer);

    private Task Close() => once.Do(AskAndClose);

    private async Task AskAndTransfer()
    {
        if (await Ask<TransferDialog, Transfer>(Words["Transfer_Title"], new DialogParameters<TransferDialog> { { d => d.Current, Row } }) is { } transfer)
        {
            await Act(transfer, Words["Done_Transferred"]);
        }
    }

    private async Task AskAndClose()
    {
        if (await Ask<FinalizeDialog, FinalizeChoice>(Words["Finalize_Title"], []) is { } choice)
        {
            await Act(new FinalizeConversation(choice.Reason, Detail.LastLeadOrder), Words["Done_Finalized"]);
        }
    }

    private async Task<TResult?> Ask<TDialog, TResult>(string title, DialogParameters parameters)
        where TDialog : IComponent
        where TResult : class
    {
        var dialog = await Dialogs.ShowAsync<TDialog>(title, parameters);
        return (await dialog.Result)?.Data as TResult;
    }

    private async Task Act(Command command, string? done)
    {
        await Verbs.Run(Row.Id, command, Me!, done);
        await Changed.InvokeAsync();
    }
}
