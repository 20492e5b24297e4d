using System.Text.Json.Nodes;
using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Channels.WhatsApp;

namespace FlowEngine.Tests.Channels;

/// <summary>What the channel writes, held against the request fixtures that our kinds of message can express.</summary>
public sealed class SendBodyTests
{
    private static readonly Guid Id = Guid.Parse("0192f0aa-0000-7000-8000-000000007001");
    private static readonly Contact Marta = new(Guid.Empty, "Marta", "12025550143", null, null);

    public static TheoryData<string, MessageContent> Kinds() => new()
    {
        { "text.json", MessageContent.OfText("Hola Marta, ¿en qué ciudad estás?") },
        { "text-reply.json", MessageContent.OfText("Esa misma") with { ReplyTo = "wamid.HRgLaW4wMDGUtVamsM+UsMg=" } },
        { "image-by-id.json", new MessageContent { Kind = "image", Text = "Mesa Roble 120", Media = new MediaRef("1037543291543636", null) } },
        {
            "document-by-link.json",
            new MessageContent { Kind = "document", Text = "Tu presupuesto", Media = new MediaRef("https://cdn.example/presupuesto.pdf", null, "presupuesto.pdf") }
        },
        { "reaction.json", new MessageContent { Kind = "reaction", Text = "👍", ReplyTo = "wamid.HRgLaW4wMDGUtVamsM+UsMg=" } },
        {
            "buttons.json",
            new MessageContent
            {
                Kind = "buttons",
                Text = "¿Qué buscas?",
                Buttons = [new Choice("opt:sofa", "Sofás"), new Choice("opt:mesa", "Mesas"), new Choice("opt:agent", "Hablar con alguien")],
            }
        },
        {
            "list.json",
            new MessageContent
            {
                Kind = "list",
                Text = "¿Desde dónde nos escribes?",
                ListButton = "Ver ciudades",
                Rows = [new Choice("city:mad", "Madrid", "Entrega en 48 h"), new Choice("city:vlc", "Valencia")],
            }
        },
        { "template.json", new MessageContent { Kind = "template", Template = new TemplateUse("confirmar_visita", "es", ["Marta", "sábado 28"]) } },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_the_body_of_the_fixture(string file, MessageContent content)
    {
        SendLimits.Check(content).Should().BeNull();
        var written = JsonNode.Parse(SendBody.Write(Marta, Id, content).Span)!;

        JsonNode.DeepEquals(written, Expected(file)).Should().BeTrue(written.ToJsonString());
    }

    [Fact]
    public void Without_a_phone_it_goes_to_the_user_id_and_with_both_the_phone_wins()
    {
        var user = new Contact(Guid.Empty, null, null, null, "US.13491208655302741918");
        var written = JsonNode.Parse(SendBody.Write(user, Id, MessageContent.OfText("hi")).Span)!;
        JsonNode.DeepEquals(written, Expected("text-to-bsuid.json")).Should().BeTrue(written.ToJsonString());

        var both = JsonNode.Parse(SendBody.Write(user with { Phone = "+34600000001" }, Id, MessageContent.OfText("hi")).Span)!;
        both["to"]!.GetValue<string>().Should().Be("+34600000001");
        both["recipient"].Should().BeNull();
    }

    [Fact]
    public void The_id_that_the_provider_gave_goes_back_as_it_came_and_a_typed_number_carries_its_plus()
    {
        SendBody.PhoneOf(Marta with { WaId = "5215512345678", Phone = "+525512345678" }).Should().Be("5215512345678");
        SendBody.PhoneOf(Marta with { Phone = "525512345678" }).Should().Be("+525512345678");
        SendBody.PhoneOf(Marta with { Phone = null }).Should().BeNull();
    }

    public static TheoryData<string, MessageContent> TooMuch()
    {
        var choice = new Choice("a", "a");
        return new()
        {
            { "100", MessageContent.OfText(new string('x', 4097)) },
            { "100", MessageContent.OfText("") },
            { "131009", Buttons([choice, new("b", "b"), new("c", "c"), new("d", "d")]) },
            { "131009", Buttons([]) },
            { "131009", Buttons([new("a", new string('x', 21))]) },
            { "131009", Buttons([new("a", "Sí"), new("b", "Sí")]) },
            { "131009", Buttons([choice, new("a", "b")]) },
            { "131009", Buttons([choice]) with { Text = new string('x', 1025) } },
            { "131009", List([.. Enumerable.Range(0, 11).Select(n => new Choice($"{n}", $"{n}"))]) },
            { "131009", List([new("1", new string('x', 25))]) },
            { "131009", List([new("1", "x", new string('x', 73))]) },
            { "131009", List([choice]) with { ListButton = new string('x', 21) } },
            { "131009", new MessageContent { Kind = "image", Text = new string('x', 1025), Media = new MediaRef("1", null) } },
            { "131008", new MessageContent { Kind = "image" } },
            { "131008", new MessageContent { Kind = "template" } },
            { "132008", new MessageContent { Kind = "template", Template = new TemplateUse("t", "es", ["two\nlines"]) } },
            { "131051", new MessageContent { Kind = "location" } },
        };
    }

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void What_the_provider_would_refuse_is_refused_before_it_is_sent(string code, MessageContent content) =>
        SendLimits.Check(content)!.Code.Should().Be(code);

    [Fact]
    public void Limits_count_characters_as_people_do_more_or_less()
    {
        SendLimits.Check(Buttons([new("a", string.Concat(Enumerable.Repeat("🛋", 20)))])).Should().BeNull();
        SendLimits.Check(MessageContent.OfText(new string('x', 4096))).Should().BeNull();
    }

    private static MessageContent Buttons(Choice[] choices) => new() { Kind = "buttons", Text = "x", Buttons = [.. choices] };

    private static MessageContent List(Choice[] rows) => new() { Kind = "list", Text = "x", Rows = [.. rows] };

    /// <summary>The fixture without what our messages do not have: headers, footers, section titles, template parts beyond the body.</summary>
    private static JsonNode Expected(string file)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Fixtures.Folder, "requests", file)))!;
        json["biz_opaque_callback_data"] = $"fe:{Id}";
        if (json["text"] is JsonObject text)
            text.Remove("preview_url");
        if (json["interactive"] is JsonObject interactive)
        {
            interactive.Remove("header");
            interactive.Remove("footer");
            (interactive["action"]!["sections"]?[0] as JsonObject)?.Remove("title");
        }

        if (json["template"]?["components"] is JsonArray parts)
        {
            foreach (var part in parts.Where(part => part!["type"]!.GetValue<string>() != "body").ToList())
                parts.Remove(part);
        }

        return json;
    }
}
