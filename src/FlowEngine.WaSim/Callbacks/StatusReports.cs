using System.Globalization;
using System.Text.Json.Nodes;
using FlowEngine.WaSim.Graph;
using FlowEngine.WaSim.People;

namespace FlowEngine.WaSim.Callbacks;

/// <summary>
/// What becomes of an accepted message: it fails, or it reaches the phone and is reported as sent, delivered and read after their delays
/// (simulator.md sections 3 and 4). A closed window is judged at the moment of acceptance.
/// </summary>
internal sealed class StatusReports(StandIn sim, Chance chance)
{
    public void Plan(Bubble bubble, Person to, bool byUserId)
    {
        if (Failure(bubble, to) is { } failure)
        {
            Report(bubble, to, byUserId, "failed", sim.Options.SentAfter, failure);
            return;
        }

        sim.World.Add(bubble);
        Report(bubble, to, byUserId, "sent", sim.Options.SentAfter);
        Report(bubble, to, byUserId, "delivered", sim.Options.DeliveredAfter);
        if (to.SendsReceipts)
            Report(bubble, to, byUserId, "read", sim.Options.ReadAfter);
    }

    public static GraphRefusal WindowClosed() => GraphRefusal.Of(
        131047, "Message failed to send because more than 24 hours have passed since the customer last replied to this number.");

    private GraphRefusal? Failure(Bubble bubble, Person to)
    {
        if (!to.Exists || to.Blocked)
            return GraphRefusal.Of(131026, "Message Undeliverable.");

        if (MediaChecks.Fitting(bubble.Type, bubble.Body is { } body ? JsonObject.Create(body) : null, sim.Media) is { } unfit)
            return unfit;

        return bubble.Type != "template" && !to.HasOpenWindow(sim.Clock.GetUtcNow()) ? WindowClosed() : null;
    }

    private void Report(Bubble bubble, Person to, bool byUserId, string status, TimeSpan after, GraphRefusal? failure = null)
    {
        var delay = chance.Around(after);
        var item = new JsonObject
        {
            ["id"] = bubble.Id,
            ["status"] = status,
            ["timestamp"] = (sim.Clock.GetUtcNow() + delay).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            [byUserId ? "recipient_user_id" : "recipient_id"] = byUserId ? to.UserId : to.WaId,
        };
        if (failure is null)
            item["pricing"] = new JsonObject { ["billable"] = false, ["pricing_model"] = "PMP", ["type"] = "free_customer_service", ["category"] = "service" };
        else
            item["errors"] = new JsonArray(failure.ToStatusError());
        if (bubble.Opaque is { } opaque && (failure is null || sim.Options.OpaqueOnFailed))
            item["biz_opaque_callback_data"] = opaque;

        var value = new JsonObject { ["statuses"] = new JsonArray(item) };
        if (failure is null)
            value["contacts"] = new JsonArray(Inbound.Card(to));
        sim.Callbacks.Send(bubble.Id, status, Envelope.Write(sim.Options, "messages", value), delay, _ => sim.World.Mark(bubble.Id, status, failure?.Code));
    }
}
