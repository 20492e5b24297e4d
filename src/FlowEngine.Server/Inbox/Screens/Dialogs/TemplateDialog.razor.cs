using System.Globalization;
using FlowEngine.Conversations;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowEngine.Server.Inbox.Screens.Dialogs;

/// <summary>
/// Chooses what may be said outside the window, and shows the words that the contact will get. While no template is recorded here,
/// one that the provider knows can be named by hand.
/// </summary>
public sealed partial class TemplateDialog
{
    private Template? chosen;
    private string name = "";
    private string language = CultureInfo.CurrentUICulture.Name.Replace('-', '_');
    private string values = "";

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = default!;

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private string[] Values => values.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private string? Body => chosen is null ? null : Templates.Render(chosen.Body, Values);

    private bool Ready => !string.IsNullOrWhiteSpace(name) && !string.IsNullOrWhiteSpace(language) && (chosen is null || Values.Length == chosen.ParameterCount);

    private void Pick(Template template) => (chosen, name, language) = (template, template.Name, template.Language);

    private void Confirm() => Dialog.Close(DialogResult.Ok(
        new MessageContent { Kind = "template", Text = Body, Template = new TemplateUse(name.Trim(), language.Trim(), [.. Values]) }));
}
