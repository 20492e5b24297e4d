using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Hooks;

/// <summary>The JSON of an outgoing webhook. What is signed is exactly these bytes.</summary>
internal static class HookBody
{
    // The body is never put into a page, so that letters with accents may stay letters.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="conversation">Null for a run that has none.</param>
    public static byte[] Whole<T>(Guid id, string type, DateTimeOffset at, byte[]? conversation, T about, Action<Utf8JsonWriter, T> writeData)
    {
        var buffer = new ArrayBufferWriter<byte>((conversation?.Length ?? 0) + 512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("type", type);
            json.WriteString("at", at.UtcDateTime);
            json.WritePropertyName("conversation");
            json.WriteRawValue(conversation ?? "null"u8, skipInputValidation: true);
            json.WritePropertyName("data");
            writeData(json, about);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Conversation(Conversation conversation, Contact contact)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("id", conversation.Id);
            json.WriteNumber("version", conversation.Version);
            json.WriteString("connection", conversation.Connection);
            json.WriteString("tab", HookData.Word(conversation.Tab));
            json.WritePropertyName("owner");
            HookData.Owner(json, conversation.Owner);
            json.WriteNumber("epoch", conversation.Epoch);
            json.WriteString("department", conversation.Department);
            WriteLabels(json, conversation);
            WriteFields(json, conversation);
            WriteContact(json, contact);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteLabels(Utf8JsonWriter json, Conversation conversation)
    {
        json.WriteStartArray("labels");
        foreach (var label in conversation.Labels)
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, Conversation conversation)
    {
        json.WriteStartObject("fields");
        foreach (var (name, value) in conversation.Fields)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteContact(Utf8JsonWriter json, Contact contact)
    {
        json.WriteStartObject("contact");
        json.WriteString("id", contact.Id);
        json.WriteString("name", contact.Name);
        json.WriteString("waId", contact.WaId);
        json.WriteString("phone", contact.Phone);
        json.WriteEndObject();
    }
}
