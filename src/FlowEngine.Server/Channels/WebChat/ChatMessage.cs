using FlowEngine.Conversations;
using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>How a visitor is known as a contact: by an alias of its own kind, within its connection.</summary>
internal static class VisitorAlias
{
    public const string Kind = "chat";

    public static string Value(Guid visitor) => visitor.ToString("N");
}

/// <summary>A visitor's own conversation as its page shows it.</summary>
/// <param name="Cursor">Ask for what is behind it the next time.</param>
/// <param name="More">There may be more to ask for in the same direction.</param>
/// <param name="State">none (nobody has written), open, waiting (a person will answer), agent (a person attends), finished.</param>
/// <param name="Agent">First name of who attends.</param>
/// <param name="OnTheWay">Something is being said at this moment.</param>
/// <param name="SeenTo">Order number of the visitor's newest message that a person has seen.</param>
public sealed record ThreadView(
    long Cursor, bool More, string State, string? Agent, bool OnTheWay, long SeenTo, int Episode, IReadOnlyList<ChatMessage> Messages)
{
    public static readonly ThreadView Empty = new(0, false, "none", null, false, 0, 0, []);

    /// <summary>Goes into addresses of the visitor's files where its page has no cookie; null where it has, or there is no file.</summary>
    public string? Ticket { get; init; }

    /// <summary>With the ticket, where it is needed.</summary>
    internal ThreadView For(ChatCall call, VisitorTokens tokens) =>
        call.ByHeader && Messages.Any(m => m.File is not null) ? this with { Ticket = tokens.SealTicket(call.VisitorId, call.Key) } : this;
}

/// <param name="Key">The id that the visitor's page gave it; null for what was said to the visitor.</param>
/// <param name="File">What it carries beside words, at <c>files/{id}</c>.</param>
/// <param name="Read">Whether the visitor has seen it; always, of its own.</param>
public sealed record ChatMessage(
    Guid Id, long Order, int Episode, bool Mine, string? Key, string? By, string Kind, string? Text, IReadOnlyList<Choice> Buttons, IReadOnlyList<Choice> Rows, string? ListButton,
    ChatFile? File, DateTimeOffset At, bool Read)
{
    /// <param name="words">Its text, or that of its template.</param>
    internal static ChatMessage Of(StoredMessage m, string? words)
    {
        var mine = m.Direction == MessageDirection.In;
        return new ChatMessage(
            m.Id, m.Order, m.Episode, mine, mine ? m.ProviderId : null, m.Author == AuthorKind.Agent ? FirstName(m.AuthorName) : null, m.Content.Kind, words,
            m.Content.Buttons, m.Content.Rows, m.Content.ListButton, ChatFile.Of(m.Content.Media), m.At, mine || m.State >= MessageState.Read);
    }

    internal static string? FirstName(string? name) => name?.Split(' ', 2)[0];
}

/// <param name="Name">As whoever sent it called it.</param>
public sealed record ChatFile(string? Name)
{
    /// <summary>Null for what is not kept here.</summary>
    internal static ChatFile? Of(MediaRef? media) => media is { ProviderId: null, Sha256: not null } ? new ChatFile(media.FileName) : null;
}
