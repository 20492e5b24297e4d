using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>The JSON of a send (cloud-api.md section 6). What goes in has passed <see cref="SendLimits"/>.</summary>
internal static class SendBody
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="to">Who gets it: a phone wins over the user id. The provider's own id of a person goes back as it came; a number that people typed carries its plus sign, without which the provider would put the business's country code in front.</param>
    public static ReadOnlyMemory<byte> Write(Contact to, Guid message, MessageContent content)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        json.WriteString("messaging_product"u8, "whatsapp"u8);
        json.WriteString("recipient_type"u8, "individual"u8);
        if (PhoneOf(to) is { } phone)
            json.WriteString("to"u8, phone);
        else
            json.WriteString("recipient"u8, to.UserId);
        WriteContent(json, content);
        if (content.ReplyTo is { } quoted && content.Kind != "reaction")
        {
            json.WriteStartObject("context"u8);
            json.WriteString("message_id"u8, quoted);
            json.WriteEndObject();
        }

        json.WriteString("biz_opaque_callback_data"u8, TrackingId.Of(message));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The number with its plus sign; the id that the person wrote from comes before a number somebody typed.</summary>
    public static string? PhoneOf(Contact to) => to.WaId is { Length: > 0 } id ? id : to.Phone is { Length: > 0 } number ? "+" + number.TrimStart('+') : null;

    private static void WriteContent(Utf8JsonWriter json, MessageContent content)
    {
        var type = content.Kind is "buttons" or "list" ? "interactive" : content.Kind;
        json.WriteString("type"u8, type);
        json.WriteStartObject(type);
        switch (content.Kind)
        {
            case "buttons":
                WriteInteractive(json, "button", content.Text, () => WriteButtons(json, content));
                break;
            case "list":
                WriteInteractive(json, "list", content.Text, () => WriteRows(json, content));
                break;
            case "template":
                WriteTemplate(json, content.Template!);
                break;
            case "reaction":
                json.WriteString("message_id"u8, content.ReplyTo);
                json.WriteString("emoji"u8, content.Text ?? "");
                break;
            case "text":
                json.WriteString("body"u8, content.Text);
                break;
            default:
                WriteMedia(json, content);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteInteractive(Utf8JsonWriter json, string type, string? body, Action writeAction)
    {
        json.WriteString("type"u8, type);
        json.WriteStartObject("body"u8);
        json.WriteString("text"u8, body);
        json.WriteEndObject();
        json.WriteStartObject("action"u8);
        writeAction();
        json.WriteEndObject();
    }

    private static void WriteButtons(Utf8JsonWriter json, MessageContent content)
    {
        json.WriteStartArray("buttons"u8);
        foreach (var button in content.Buttons)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "reply"u8);
            json.WriteStartObject("reply"u8);
            json.WriteString("id"u8, button.Id);
            json.WriteString("title"u8, button.Title);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRows(Utf8JsonWriter json, MessageContent content)
    {
        json.WriteString("button"u8, content.ListButton ?? "•••");
        json.WriteStartArray("sections"u8);
        json.WriteStartObject();
        json.WriteStartArray("rows"u8);
        foreach (var row in content.Rows)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, row.Id);
            json.WriteString("title"u8, row.Title);
            if (row.Description is { } description)
                json.WriteString("description"u8, description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTemplate(Utf8JsonWriter json, TemplateUse template)
    {
        json.WriteString("name"u8, template.Name);
        json.WriteStartObject("language"u8);
        json.WriteString("code"u8, template.Language);
        json.WriteEndObject();
        if (template.Parameters.IsDefaultOrEmpty)
            return;

        json.WriteStartArray("components"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "body"u8);
        json.WriteStartArray("parameters"u8);
        foreach (var value in template.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>An address is sent as a link, everything else as the id of an upload.</summary>
    private static void WriteMedia(Utf8JsonWriter json, MessageContent content)
    {
        var id = content.Media!.ProviderId!;
        json.WriteString(id.StartsWith("https://", StringComparison.Ordinal) ? "link"u8 : "id"u8, id);
        if (content.Text is { } caption)
            json.WriteString("caption"u8, caption);
        if (content.Kind == "document" && content.Media.FileName is { } name)
            json.WriteString("filename"u8, name);
    }
}
