using System.Text.Json;

namespace FlowEngine.Workflows.Definitions;

/// <summary>Reads definition JSON as leniently as Elsa's readers: any case of names, old wrappers round arrays.</summary>
internal static class Json
{
    private static readonly string[] ArrayWrappers = ["$values", "items", "values"];

    public static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        if (element.TryGetProperty(name, out var exact)) return exact;
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        }

        return null;
    }

    public static string? Text(JsonElement element, string name) => Property(element, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static bool Flag(JsonElement element, string name) => Property(element, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.String } text => bool.TryParse(text.GetString(), out var flag) && flag,
        _ => false,
    };

    public static int Number(JsonElement element, string name, int fallback) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : fallback;

    /// <summary>The items of an array, of an array in an old wrapper, or a single object; nothing when absent.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement? element)
    {
        if (element is not { } found) return [];
        if (found.ValueKind == JsonValueKind.Array) return found.EnumerateArray();
        if (found.ValueKind != JsonValueKind.Object) return [];
        foreach (var wrapper in ArrayWrappers)
        {
            if (found.TryGetProperty(wrapper, out var inner) && inner.ValueKind == JsonValueKind.Array) return inner.EnumerateArray();
        }

        return [found];
    }

    public static bool IsEmpty(JsonElement? element) => element is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined };
}
