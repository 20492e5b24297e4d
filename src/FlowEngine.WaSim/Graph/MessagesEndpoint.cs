using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.WaSim.Callbacks;
using FlowEngine.WaSim.Faults;
using FlowEngine.WaSim.People;
using Microsoft.AspNetCore.Http;

namespace FlowEngine.WaSim.Graph;

/// <summary>
/// <c>POST /{version}/{phone number id}/messages</c>, with its checks in the provider's order (simulator.md section 3). There is no
/// idempotency: the same body twice is two messages.
/// </summary>
internal sealed class MessagesEndpoint(StandIn sim, GraphDoor door)
{
    public async Task Handle(HttpContext http, string version, string number)
    {
        if (!await door.Passes(http, version, GraphCall.Send, number))
            return;

        var body = await Body(http);
        if (body.Word("status") == "read")
            await GraphDoor.Answer(http, Marked(body!));
        else
            await Send(http, body);
    }

    private async Task Send(HttpContext http, JsonObject? body)
    {
        Person? to = null;
        var refusal = body is null ? GraphRefusal.Of(100, "The body is not a JSON object") : SendChecks.Check(body);
        refusal ??= MediaChecks.Known(body!, sim.Media);
        refusal ??= Recipient(body!, out to);
        refusal ??= Permit(to!, body!);
        if (refusal is not null)
        {
            await door.Refuse(http, refusal);
            return;
        }

        await Take(http, to!, body!);
    }

    private async Task Take(HttpContext http, Person to, JsonObject body)
    {
        var type = body.Word("type") ?? "text";
        if (sim.Faults.Strike(FaultStage.BeforeAccept, to.Id, type) is { } refusing)
        {
            await new FaultyAnswer(sim, refusing).Write(http, null);
            return;
        }

        var id = sim.Accept(to, body.Word("to") is null, body);
        var accepted = Accepted(to, body, id, type);
        if (sim.Faults.Strike(FaultStage.AfterAccept, to.Id, type) is { } losing)
            await new FaultyAnswer(sim, losing).Write(http, accepted);
        else
            await GraphDoor.Answer(http, accepted);
    }

    /// <summary>Whom it is for. A number nobody has used yet belongs to somebody who has WhatsApp and never wrote here.</summary>
    private GraphRefusal? Recipient(JsonObject body, out Person? person)
    {
        if (body.Word("to") is not { Length: > 0 } to)
        {
            var user = body.Word("recipient");
            person = user is null ? null : sim.World.Find(user);
            return user is null ? SendChecks.Missing("to") : person is null ? GraphRefusal.Of(131026, "Message Undeliverable.") : null;
        }

        var digits = string.Concat(to.Where(char.IsAsciiDigit));
        // An id that the provider gave out is taken as it is; any other number without a plus is one of the business's own country.
        var number = to.TrimStart().StartsWith('+') || sim.World.Find(to) is not null ? digits : sim.Options.CountryCode + digits;
        var self = number == sim.Options.DisplayPhoneNumber;
        person = self ? null : sim.World.Find(number) ?? sim.Join("+" + number, number);
        return self ? GraphRefusal.Of(131021, "Recipient phone number is the sender") : null;
    }

    private GraphRefusal? Permit(Person to, JsonObject body)
    {
        if (sim.Limits.Check(to.Id) is { } tooFast)
            return tooFast;
        if (body.Word("type") == "template")
            return sim.Templates.Check(body["template"]!);

        return sim.Options.RefuseClosedWindowAtOnce && !to.HasOpenWindow(sim.Clock.GetUtcNow()) ? StatusReports.WindowClosed() : null;
    }

    private JsonObject Marked(JsonObject body)
    {
        if (body.Word("message_id") is { } id && sim.World.Message(id) is { Mine: true })
        {
            sim.World.Mark(id, "read");
            return new JsonObject { ["success"] = true };
        }

        return GraphRefusal.Of(100, "message_id is not a message of a customer").ToJson(sim.Trace());
    }

    private static JsonObject Accepted(Person to, JsonObject body, string id, string type)
    {
        var contact = new JsonObject { ["input"] = body.Word("to") ?? body.Word("recipient") };
        contact[body.Word("to") is null ? "user_id" : "wa_id"] = to.Id;
        var message = new JsonObject { ["id"] = id };
        if (type == "template")
            message["message_status"] = "accepted";
        return new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(contact),
            ["messages"] = new JsonArray(message),
        };
    }

    private static async Task<JsonObject?> Body(HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
