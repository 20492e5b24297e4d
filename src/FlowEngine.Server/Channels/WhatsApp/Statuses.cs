using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Errors;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// An item of <c>statuses[]</c>. It may overtake the answer of the request it speaks of and may lack everything but its id, so it refers to
/// the message by our tracking id and by the provider's (cloud-api.md sections 3 and 9).
/// </summary>
internal static class Statuses
{
    public static Reading Read(JsonElement item, in ChangeContext context)
    {
        var status = item.Text("status"u8);
        if (status is not ("sent" or "delivered" or "read" or "played" or "failed"))
            return Reading.Refused("status");
        if (item.Text("id"u8) is not { } id)
            return Reading.Refused("nobody");

        var tracking = TrackingId.Parse(item.Text("biz_opaque_callback_data"u8));
        var error = status == "failed" ? Failure(item, context.Catalog) : null;
        var update = new StatusUpdate(id, status, item.TimeOr("timestamp"u8, context.Now), tracking, error);
        return Reading.Of(new NewEvent(context.Ids.Next(), context.Key(id, KindOf(item, status)), update)
        {
            Reference = new MessageReference(context.Connection.Key, id, tracking),
        });
    }

    /// <summary>In groups each participant reports for himself.</summary>
    private static string KindOf(JsonElement item, string status) =>
        item.Text("recipient_participant_id"u8) is { } participant ? $"{status}/{participant}" : status;

    /// <summary>The first error decides; the details of the others are kept with it. Some failures name no cause at all.</summary>
    private static SendError Failure(JsonElement item, ErrorCatalog catalog)
    {
        SendError? first = null;
        foreach (var error in item.Items("errors"u8))
        {
            var read = GraphError.Read(error);
            first = first is null
                ? read.ToSendError(catalog)
                : first with { Details = $"{first.Details} | {read.Code}: {read.Details ?? read.Message}" };
        }

        return first ?? new SendError(ErrorCatalog.UnknownCode, "provider_api", "The provider reported a failure without naming a cause.");
    }
}
