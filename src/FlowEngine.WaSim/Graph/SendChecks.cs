using System.Text.Json.Nodes;

namespace FlowEngine.WaSim.Graph;

/// <summary>
/// What the messages endpoint refuses about a body's form (simulator.md section 3, steps 7 and 8). Characters are Unicode scalar values.
/// </summary>
internal static class SendChecks
{
    private static readonly HashSet<string> Media = ["image", "video", "document", "audio", "sticker"];

    private static readonly HashSet<string> Types = [.. Media, "text", "interactive", "template", "location", "contacts", "reaction"];

    private static readonly HashSet<string> Keys =
        [.. Types, "messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data"];

    public static GraphRefusal? Check(JsonObject body)
    {
        if (body.Word("messaging_product") != "whatsapp")
            return Invalid("messaging_product must be whatsapp");

        var type = body.Word("type") ?? "text";
        if (!Types.Contains(type))
            return GraphRefusal.Of(131051, $"type {type}");
        if (body.FirstOrDefault(pair => !Keys.Contains(pair.Key)).Key is { } unknown)
            return Invalid($"Unexpected key \"{unknown}\" on param");
        if (body.Word("biz_opaque_callback_data") is { } opaque && Length(opaque) > 512)
            return Invalid("biz_opaque_callback_data must be at most 512 characters long");
        if (type != "contacts" && body[type] is not JsonObject)
            return Missing(type);

        return type switch
        {
            "text" => Text(body["text"]!),
            "interactive" => InteractiveChecks.Check(body["interactive"]!),
            "template" => Template(body["template"]!),
            _ when Media.Contains(type) => File(type, body[type]!),
            _ => null,
        };
    }

    public static bool IsMedia(string type) => Media.Contains(type);

    public static GraphRefusal? Between(string name, string? value, int min, int max)
    {
        var length = Length(value);
        return length >= min && length <= max
            ? null
            : GraphRefusal.Of(131009, $"{name} length invalid. Min length: {min}, Max length: {max}");
    }

    public static GraphRefusal Missing(string name) => GraphRefusal.Of(131008, $"{name} is required");

    public static string? Word(this JsonNode? node, string name) => (node as JsonObject)?[name] is JsonValue value ? value.ToString() : null;

    private static GraphRefusal? Text(JsonNode text)
    {
        var length = Length(text.Word("body"));
        if (length == 0)
            return Invalid("Param text['body'] must be a non-empty string.");

        return length > 4096 ? Invalid("Param text['body'] must be at most 4096 characters long.") : null;
    }

    private static GraphRefusal? Template(JsonNode template)
    {
        if (template.Word("name") is null)
            return Missing("template.name");

        return template["language"].Word("code") is null ? Missing("template.language.code") : null;
    }

    private static GraphRefusal? File(string type, JsonNode file)
    {
        if (file.Word("id") is null && file.Word("link") is null)
            return Missing($"{type}.id");

        return file.Word("caption") is { } caption ? Between("caption", caption, 0, 1024) : null;
    }

    private static GraphRefusal Invalid(string details) => GraphRefusal.Of(100, details);

    private static int Length(string? value) => value is null ? 0 : value.EnumerateRunes().Count();
}
