using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Side;

/// <summary>What is known of the lead, editable in place: leaving the line saves it, an empty value takes the field away.</summary>
public sealed partial class FieldList
{
    private string newKey = "";
    private string newValue = "";

    [Parameter, EditorRequired] public ConversationDetail Detail { get; set; } = default!;

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskVerbs Verbs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    private async Task Add()
    {
        if (newKey.Trim() is { Length: > 0 } key && newValue.Trim() is { Length: > 0 } value)
        {
            (newKey, newValue) = ("", "");
            await Set(key, value);
        }
    }

    private async Task Set(string key, string? value)
    {
        var clean = string.IsNullOrWhiteSpace(value) ? null : value.Trim();
        await Verbs.Run(Detail.Row.Id, new ChangeFields(new Dictionary<string, string?> { [key] = clean }), Me!, Words["Done_Saved"]);
        await Changed.InvokeAsync();
    }
}
