using FlowEngine.Conversations;
using FlowEngine.Server.Inbox.Screens.Desk;
using FlowEngine.Server.Inbox.Screens.Wording;
using Microsoft.AspNetCore.Components;

namespace FlowEngine.Server.Inbox.Screens.Thread;

/// <summary>One message: who said it, what, when, and how far it got. A failed one says why and what helps; a stopped one is struck through, a suggestion can be taken over.</summary>
public sealed partial class Bubble
{
    [Parameter, EditorRequired] public MessageView Message { get; set; } = default!;

    /// <summary>Belongs to the bubble above: the name is not said again.</summary>
    [Parameter] public bool Continues { get; set; }

    /// <summary>Puts words into the reply box; null where this person may not reply.</summary>
    [CascadingParameter(Name = "UseWords")] private Func<string, Task>? UseWords { get; set; }

    [Inject] private Phrases Words { get; set; } = default!;

    [Inject] private DeskClock Clock { get; set; } = default!;

    private bool IsNote => Message.Direction == MessageDirection.Note;

    /// <summary>What the assistant would have said, had nobody taken over.</summary>
    private bool IsSuggestion => IsNote && Message.Author == AuthorKind.Ai;

    private string Side => Message.Direction switch
    {
        MessageDirection.In => "in",
        MessageDirection.Note => "note",
        _ => "out",
    };

    private string Look => IsSuggestion ? "note bubble--suggestion" : IsNote ? "note" : Author;

    private string Author => Codes.Of(Message.Author);

    private string State => Codes.Of(Message.State);

    private string Who => IsSuggestion ? Words["Bubble_Suggestion"] : IsNote ? Words["Bubble_NoteBy", Words.Author(Message)] : Words.Author(Message);
}
