using System.Text.Json;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// An item of <c>message_echoes[]</c>: the business wrote from its phone, or another tool did (cloud-api.md section 5). Where it carries our
/// tracking id, or a provider id that we know, it is the echo of our own message: the reference lets the mailbox tell.
/// </summary>
internal static class Echoes
{
    public static Reading Read(JsonElement item, in ChangeContext context)
    {
        if (Aliases.Recipient(item, context) is not { } address || item.Text("id"u8) is not { } id)
            return Reading.Refused("nobody");

        var tracking = TrackingId.Parse(item.Text("biz_opaque_callback_data"u8));
        var content = MessageParts.Read(item, item.Text("type"u8) ?? "unknown");
        var echo = new PhoneEcho(id, item.TimeOr("timestamp"u8, context.Now), content, tracking);
        return Reading.Of(new NewEvent(context.Ids.Next(), context.Key(id, "message"), echo)
        {
            Address = address,
            Reference = new MessageReference(context.Connection.Key, id, tracking),
        });
    }
}
