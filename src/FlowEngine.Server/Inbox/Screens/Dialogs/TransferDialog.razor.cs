using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Dialogs;

/// <summary>To whom, and what they should know. Whoever has it already is not offered.</summary>
public sealed partial class TransferDialog
{
    private string search = "";
    private string note = "";
    private Transfer? chosen;

    [Parameter, EditorRequired] public ConversationRow Current { get; set; } = default!;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = default!;

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private IEnumerable<Named> Departments => Directory.Departments.Where(Found);

    private IEnumerable<Named> Agents => Directory.Agents.Where(a => a.Key != Current.Owner.Id && Found(a));

    private bool Found(Named target) => target.Name.Contains(search.Trim(), StringComparison.CurrentCultureIgnoreCase);

    private void Confirm() => Dialog.Close(DialogResult.Ok(chosen! with { Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim() }));
}
