using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Server.Inbox.Screens.Desk;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Thread;

/// <summary>Puts labels on the conversation and takes them off; the menu stays open for several.</summary>
public sealed partial class LabelMenu
{
    [Parameter, EditorRequired] public ConversationDetail Detail { get; set; } = default!;

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    [Inject] private DeskVerbs Verbs { get; set; } = default!;

    [Inject] private Phrases Words { get; set; } = default!;

    /// <summary>Those on offer, and those that the conversation still wears although they are not.</summary>
    private IReadOnlyList<Named> Choices =>
        [.. Directory.Labels, .. Detail.Row.Labels.Where(k => Directory.Labels.All(l => l.Key != k)).Select(k => new Named(k, k))];

    private bool Has(string key) => Detail.Row.Labels.Contains(key);

    private async Task Toggle(string key)
    {
        var command = Has(key) ? new ChangeLabels([], [key]) : new ChangeLabels([key], []);
        await Verbs.Run(Detail.Row.Id, command, Me!);
        await Changed.InvokeAsync();
    }
}
