using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.WaSim.Graph;
using FlowEngine.WaSim.People;

namespace FlowEngine.WaSim.Callbacks;

/// <summary>What people do, as the webhooks that it causes (simulator.md section 5).</summary>
internal sealed class Inbound(StandIn sim, Chance chance)
{
    public string Send(string personId, string type, JsonObject? body, string? replyTo = null)
    {
        var person = sim.World.Find(personId) ?? throw new ArgumentException($"Nobody has the id {personId}.", nameof(personId));
        var bubble = new Bubble(chance.MessageId(), person.Id, Mine: true, sim.Clock.GetUtcNow(), type, TextOf(type, body), Fixed(body), null, "waiting") { ReplyTo = replyTo };
        sim.World.Add(bubble);
        Deliver(bubble, person);
        return bubble.Id;
    }

    /// <summary>Delivers once more what the person wrote, with its id and its time.</summary>
    public void Repeat(Bubble bubble)
    {
        if (sim.World.Find(bubble.Person) is { } person)
            Deliver(bubble, person);
    }

    /// <summary>A tap on a reply button, a list row or a template's quick reply, in the form that the message calls for.</summary>
    public string Tap(string person, string messageId, string choice)
    {
        var tapped = sim.World.Message(messageId) ?? throw new ArgumentException($"There is no message {messageId}.", nameof(messageId));
        if (tapped.Type == "template")
            return Send(person, "button", new JsonObject { ["payload"] = choice, ["text"] = choice }, messageId);

        var interactive = tapped.Body is { } body ? JsonObject.Create(body) : null;
        var isList = interactive.Word("type") == "list";
        var option = Choices(interactive).FirstOrDefault(option => option.Word("id") == choice)
            ?? throw new ArgumentException($"The message has no choice {choice}.", nameof(choice));
        var reply = new JsonObject { ["id"] = choice, ["title"] = option.Word("title") };
        if (isList && option.Word("description") is { } description)
            reply["description"] = description;

        var kind = isList ? "list_reply" : "button_reply";
        return Send(person, "interactive", new JsonObject { ["type"] = kind, [kind] = reply }, messageId);
    }

    public string Echo(string personId, string text)
    {
        var person = sim.World.Find(personId) ?? throw new ArgumentException($"Nobody has the id {personId}.", nameof(personId));
        var id = chance.MessageId();
        var now = sim.Clock.GetUtcNow();
        var echo = new JsonObject
        {
            ["from"] = sim.Options.DisplayPhoneNumber,
            [person.WaId is null ? "to_user_id" : "to"] = person.Id,
            ["id"] = id,
            ["timestamp"] = Seconds(now),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = text },
        };
        sim.World.Add(new Bubble(id, person.Id, Mine: false, now, "text", text, null, null, "read"));
        Deliver(id, "echo", "smb_message_echoes", new JsonObject { ["message_echoes"] = new JsonArray(echo) });
        return id;
    }

    public static JsonObject Card(Person person)
    {
        var card = new JsonObject { ["profile"] = new JsonObject { ["name"] = person.Name } };
        if (person.WaId is { } phone)
            card["wa_id"] = phone;
        if (person.UserId is { } user)
            card["user_id"] = user;
        return card;
    }

    private void Deliver(Bubble bubble, Person person)
    {
        var message = new JsonObject { ["id"] = bubble.Id, ["timestamp"] = Seconds(bubble.At), ["type"] = bubble.Type };
        if (person.WaId is { } phone)
            message["from"] = phone;
        if (person.UserId is { } user)
            message["from_user_id"] = user;
        if (bubble.Body is { } body)
            message[bubble.Type] = JsonObject.Create(body);
        if (bubble.ReplyTo is { } replyTo)
            message["context"] = new JsonObject { ["from"] = sim.Options.DisplayPhoneNumber, ["id"] = replyTo };

        Deliver(bubble.Id, "message", "messages", new JsonObject { ["contacts"] = new JsonArray(Card(person)), ["messages"] = new JsonArray(message) });
    }

    /// <summary>The tick of the person's own message says whether the receiver's webhook has taken it.</summary>
    private void Deliver(string id, string what, string field, JsonObject value) =>
        sim.Callbacks.Send(id, what, Envelope.Write(sim.Options, field, value), TimeSpan.Zero, taken =>
        {
            if (taken)
                sim.World.Mark(id, "delivered");
        });

    private static IEnumerable<JsonNode?> Choices(JsonObject? interactive)
    {
        var action = interactive?["action"];
        var buttons = (action?["buttons"] as JsonArray ?? []).Select(button => button?["reply"]);
        var rows = (action?["sections"] as JsonArray ?? []).SelectMany(section => section?["rows"] as JsonArray ?? []);
        return buttons.Concat(rows);
    }

    private static string? TextOf(string type, JsonObject? body) => type switch
    {
        "text" => body.Word("body"),
        "interactive" => (body?["button_reply"] ?? body?["list_reply"]).Word("title"),
        "button" => body.Word("text"),
        _ => body.Word("caption"),
    };

    private static JsonElement? Fixed(JsonObject? body) => body is null ? null : JsonSerializer.SerializeToElement(body);

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
