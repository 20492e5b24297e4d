using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// An item of <c>messages[]</c>. What a person says opens the window and wakes the flow; reactions, edits, withdrawals and notices of the
/// platform are only recorded (cloud-api.md sections 4 and 10).
/// </summary>
internal static class LeadMessages
{
    public static Reading Read(JsonElement message, in ChangeContext context)
    {
        var type = message.Text("type"u8) ?? "unknown";
        var address = type == "system" ? Aliases.OfChange(message, message.Part("system"u8) ?? message, context) : Aliases.Of(message, context);
        if (address is null)
            return Reading.Refused("nobody");

        var said = type is not ("reaction" or "edit" or "revoke" or "system");
        var id = message.Text("id"u8) ?? IdOf(message);
        var happening = new LeadMessage(
            id,
            message.TimeOr("timestamp"u8, context.Now),
            MessageParts.Read(message, type),
            address.Name,
            message.Part("referral"u8)?.GetRawText(),
            OpensWindow: said,
            WakesFlow: said);

        return Reading.Of(new NewEvent(context.Ids.Next(), context.Key(id, "message"), happening) { Address = address });
    }

    /// <summary>Deliveries repeat, so an item without an id is known by its bytes.</summary>
    private static string IdOf(JsonElement message) =>
        "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.GetRawText())));
}
