using System.Collections.Immutable;

namespace FlowEngine.Conversations;

/// <summary>
/// What a message says, whatever the channel. <see cref="Kind"/>: text, buttons, list, template, image, video, audio, document,
/// sticker, location, contacts, reply (a tapped button or row), reaction, edit, revoke, order, system, unsupported.
/// </summary>
public sealed record MessageContent
{
    public required string Kind { get; init; }

    /// <summary>Text, caption or body; for kinds without words a short placeholder is made by the screen.</summary>
    public string? Text { get; init; }

    /// <remarks>Never the default array: generated JSON readers pass it where the property is absent.</remarks>
    public ImmutableArray<Choice> Buttons { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Rows of a list and the word on its button.</summary>
    public ImmutableArray<Choice> Rows { get; init => field = value.IsDefault ? [] : value; } = [];

    public string? ListButton { get; init; }

    public TemplateUse? Template { get; init; }

    public MediaRef? Media { get; init; }

    /// <summary>Id of the tapped button or list row, when the lead answered by one.</summary>
    public string? ChoiceId { get; init; }

    /// <summary>Provider id of the message that this one answers, reacts to, edits or takes back.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The provider's own JSON for kinds whose parts have no fields here: place, cards, order, form answer, unknown kinds.</summary>
    public string? Payload { get; init; }

    public static MessageContent OfText(string text) => new() { Kind = "text", Text = text };
}

public sealed record Choice(string Id, string Title, string? Description = null);

/// <summary>Use of an approved template: name, language code and the values of its body's variables, in order.</summary>
public sealed record TemplateUse(string Name, string Language, ImmutableArray<string> Parameters);

/// <summary>Media as the provider named it: kept as kind, caption and placeholder; bytes are fetched by a later step.</summary>
public sealed record MediaRef(string? ProviderId, string? MimeType, string? FileName = null, string? Sha256 = null);
