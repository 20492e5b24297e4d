using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// An input whose value may be JSON text (as the Studio writes it), or a list or map that an expression made.
/// </summary>
internal static class JsonShape
{
    /// <summary>The list that the value stands for; null when it is no list. JSON text that does not parse is an error.</summary>
    public static Reading<JsonArray> List(object? value)
    {
        try
        {
            var node = value is string text ? JsonNode.Parse(text) : JsonSerializer.SerializeToNode(value);
            return node is JsonArray list ? Reading.Of<JsonArray>(list) : Reading.Bad<JsonArray>("a list is expected, such as [ … ]");
        }
        catch (JsonException failure)
        {
            return Reading.Bad<JsonArray>($"the JSON does not parse at line {failure.LineNumber + 1}");
        }
    }

    public static bool LooksLikeJson(object? value) => value is not string text || text.AsSpan().TrimStart() is ['[', ..];

    /// <summary>A member as text, whatever the case of its name; null when it is missing, empty, or a list or object.</summary>
    public static string? Text(JsonObject map, string name) => Member(map, name) is JsonValue value ? Scalar(value) : null;

    /// <summary>A member as a list of texts: an array, or one text with commas.</summary>
    public static IReadOnlyList<string> Texts(JsonObject map, string name) => Member(map, name) switch
    {
        JsonArray list => [.. list.OfType<JsonValue>().Select(Scalar).OfType<string>()],
        JsonValue value when Scalar(value) is { } text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        _ => [],
    };

    public static JsonNode? Member(JsonObject map, string name) =>
        map.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    public static string? Scalar(JsonValue value)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    public static decimal? Decimal(JsonObject map, string name) =>
        decimal.TryParse(Text(map, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
