using FlowEngine.Server.Inbox.Screens.Wording;
using FlowEngine.Conversations;
using FlowEngine.Server.Inbox.Screens.Desk;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.List;

/// <summary>One conversation in the list: who, how long they wait, what they said, whose it is.</summary>
public sealed partial class ConversationLine
{
    [Parameter, EditorRequired] public ConversationRow Row { get; set; } = default!;

    [Parameter] public bool Selected { get; set; }

    [CascadingParameter] private Me? Me { get; set; }

    [Inject] private Phrases Words { get; set; } = default!;

    [Inject] private DeskClock Clock { get; set; } = default!;

    [Inject] private DeskDirectory Directory { get; set; } = default!;

    /// <summary>A finished episode owes nothing; elsewhere the clock of the person who waits is worth more than the hour of the last word.</summary>
    private bool Waits => Row.Tab != Tab.Finished;

    private bool Owes => Waits && Row.HumanWaitSince is not null;

    private string Preview => Row switch
    {
        { Tab: Tab.Finished, FinishReason: { Length: > 0 } reason } => reason,
        { Preview: { Length: > 0 } text } => Words.Preview(text),
        _ => Row.Phone ?? Words["Row_NoMessages"],
    };
}
