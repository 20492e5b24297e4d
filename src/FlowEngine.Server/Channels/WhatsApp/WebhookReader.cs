using System.Text.Json;
using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// From a webhook's envelope to events: every entry, every change, every item (cloud-api.md section 1.6). An item that cannot be read is
/// set aside and loses no other.
/// </summary>
public sealed class WebhookReader(Ids ids, TimeProvider clock, ErrorCatalog catalog, DeadLetters dead)
{
    /// <param name="connection">The connection in the webhook's address.</param>
    /// <param name="book">Other connections of the same app: their numbers may be delivered to this address.</param>
    public IReadOnlyList<NewEvent> Read(JsonElement envelope, Connection connection, ConnectionBook book)
    {
        if (envelope.Text("object"u8) != "whatsapp_business_account")
        {
            dead.Add(connection.Key, "object");
            return [];
        }

        var events = new List<NewEvent>();
        foreach (var entry in envelope.Items("entry"u8))
            foreach (var change in entry.Items("changes"u8))
                ReadChange(change, connection, book, events);
        return events;
    }

    private void ReadChange(JsonElement change, Connection addressed, ConnectionBook book, List<NewEvent> events)
    {
        var field = change.Text("field"u8);
        if (change.Part("value"u8) is not { ValueKind: JsonValueKind.Object } value || field is not ("messages" or "smb_message_echoes"))
        {
            dead.Add(addressed.Key, "field", field);
            return;
        }

        if (Route(value, addressed, book) is not { } connection)
        {
            dead.Add(addressed.Key, "unrouted", field);
            return;
        }

        var context = new ChangeContext(connection, value, ids, clock.GetUtcNow(), catalog);
        if (field == "smb_message_echoes")
        {
            ReadEach(value.Items("message_echoes"u8), context, Echoes.Read, events);
            return;
        }

        ReadEach(value.Items("messages"u8), context, LeadMessages.Read, events);
        ReadEach(value.Items("statuses"u8), context, Statuses.Read, events);
        if (value.Count("errors"u8) > 0)
            dead.Add(connection.Key, "errors", field);
    }

    /// <summary>
    /// The connection that owns the number: the addressed one, or another one of the same app, whose secret the signature has proved as well.
    /// </summary>
    private static Connection? Route(JsonElement value, Connection addressed, ConnectionBook book)
    {
        var number = value.Part("metadata"u8).Text("phone_number_id"u8);
        if (number is null || addressed.PhoneNumberId is null || addressed.PhoneNumberId == number)
            return addressed;

        foreach (var other in book.All)
        {
            if (other.Kind == addressed.Kind && other.PhoneNumberId == number && other.AppSecret == addressed.AppSecret)
                return other;
        }

        return null;
    }

    private void ReadEach(JsonElement.ArrayEnumerator items, in ChangeContext context, ItemReader read, List<NewEvent> events)
    {
        foreach (var item in items)
        {
            var reading = TryRead(item, context, read);
            if (reading.Event is { } found)
                events.Add(found);
            else
                dead.Add(context.Connection.Key, reading.Refusal ?? "unreadable", item.Text("type"u8));
        }
    }

    private static Reading TryRead(JsonElement item, in ChangeContext context, ItemReader read)
    {
        try
        {
            return item.ValueKind == JsonValueKind.Object ? read(item, context) : Reading.Refused("unreadable");
        }
        catch (InvalidOperationException)
        {
            return Reading.Refused("unreadable"); // text that is no text: a broken surrogate pair
        }
    }

    private delegate Reading ItemReader(JsonElement item, in ChangeContext context);
}

/// <summary>What an item became: an event, or the reason why not.</summary>
internal readonly record struct Reading(NewEvent? Event, string? Refusal)
{
    public static Reading Of(NewEvent found) => new(found, null);

    public static Reading Refused(string reason) => new(null, reason);
}

/// <summary>What the items of one change share.</summary>
/// <param name="Value">The change's value: its contacts name the senders.</param>
internal readonly record struct ChangeContext(Connection Connection, JsonElement Value, Ids Ids, DateTimeOffset Now, ErrorCatalog Catalog)
{
    /// <summary>Scope of user ids: the business account, as leads of forms and imports on this connection are scoped too.</summary>
    public string Portfolio => Connection.BusinessAccountId ?? Connection.Key;

    /// <summary>Unique for ever among what this connection receives (cloud-api.md section 1.5).</summary>
    public string Key(string providerId, string kind) => $"{Connection.Key}:{providerId}:{kind}";
}
