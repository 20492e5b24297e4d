using System.Text.Json;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// What a message or echo says, by its type (cloud-api.md section 4). A type that is not known, or comes without its part, is kept as
/// <c>unsupported</c> with the item as it came.
/// </summary>
internal static class MessageParts
{
    public static MessageContent Read(JsonElement message, string type)
    {
        var content = type switch
        {
            "text" => Text(message.Part("text"u8)),
            "image" or "video" or "audio" or "document" or "sticker" => Media(type, message.Part(type)),
            "interactive" => Interactive(message.Part("interactive"u8)),
            "button" => Button(message.Part("button"u8)),
            "location" => Location(message.Part("location"u8)),
            "contacts" => Cards(message),
            "order" => Order(message.Part("order"u8)),
            "reaction" => Reaction(message.Part("reaction"u8)),
            "edit" => Edit(message.Part("edit"u8)),
            "revoke" => new MessageContent { Kind = "revoke", ReplyTo = message.Part("revoke"u8).Text("original_message_id"u8) },
            "system" => new MessageContent { Kind = "system", Text = message.Part("system"u8).Text("body"u8), Payload = Raw(message.Part("system"u8)) },
            _ => null,
        };

        content ??= new MessageContent { Kind = "unsupported", Payload = message.GetRawText() };
        return content.ReplyTo is null && message.Part("context"u8).Text("id"u8) is { } quoted ? content with { ReplyTo = quoted } : content;
    }

    private static MessageContent? Text(JsonElement? text) => text.Text("body"u8) is { } body ? MessageContent.OfText(body) : null;

    /// <summary>The bytes are fetched later; a file that the platform could not carry has no part, and shows as its bare kind.</summary>
    private static MessageContent Media(string kind, JsonElement? media) => new()
    {
        Kind = kind,
        Text = media.Text("caption"u8),
        Media = media is null
            ? null
            : new MediaRef(media.Text("id"u8), media.Text("mime_type"u8), media.Text("filename"u8), media.Text("sha256"u8)),
    };

    /// <summary>Answers go by the id of the button or row, never by its title. A form's answer keeps its raw JSON, whole or not.</summary>
    private static MessageContent? Interactive(JsonElement? interactive)
    {
        if ((interactive.Part("button_reply"u8) ?? interactive.Part("list_reply"u8)) is { } choice)
            return new MessageContent { Kind = "reply", Text = choice.Text("title"u8), ChoiceId = choice.Text("id"u8) };
        if (interactive.Part("nfm_reply"u8) is { } form)
            return new MessageContent { Kind = "reply", Text = form.Text("body"u8), Payload = form.Text("response_json"u8) };

        return null;
    }

    private static MessageContent? Button(JsonElement? button) => button is not { } tapped
        ? null
        : new MessageContent { Kind = "reply", Text = tapped.Text("text"u8), ChoiceId = tapped.Text("payload"u8) };

    private static MessageContent? Location(JsonElement? location) => location is not { } place
        ? null
        : new MessageContent { Kind = "location", Text = place.Text("name"u8) ?? place.Text("address"u8), Payload = place.GetRawText() };

    private static MessageContent? Cards(JsonElement message)
    {
        if (message.Part("contacts"u8) is not { } cards)
            return null;

        var names = new List<string>();
        foreach (var card in message.Items("contacts"u8))
        {
            if (card.Part("name"u8).Text("formatted_name"u8) is { } name)
                names.Add(name);
        }

        return new MessageContent { Kind = "contacts", Text = names.Count > 0 ? string.Join(", ", names) : null, Payload = cards.GetRawText() };
    }

    private static MessageContent? Order(JsonElement? order) => order is not { } cart
        ? null
        : new MessageContent { Kind = "order", Text = cart.Text("text"u8), Payload = cart.GetRawText() };

    /// <summary>No text means that the reaction was taken back.</summary>
    private static MessageContent Reaction(JsonElement? reaction) =>
        new() { Kind = "reaction", Text = reaction.Text("emoji"u8), ReplyTo = reaction.Text("message_id"u8) };

    private static MessageContent Edit(JsonElement? edit)
    {
        var now = edit.Part("message"u8) is { } message ? Read(message, message.Text("type"u8) ?? "unknown") : null;
        return new MessageContent { Kind = "edit", Text = now?.Text, Media = now?.Media, ReplyTo = edit.Text("original_message_id"u8) };
    }

    private static string? Raw(JsonElement? part) => part?.GetRawText();
}
