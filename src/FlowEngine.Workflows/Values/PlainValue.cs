using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.Workflows.Values;

/// <summary>
/// The values that a run holds: null, bool, long, double, string, lists and maps of them. Everything that enters is brought
/// to these, so that a run reads the same before and after it was stored.
/// </summary>
internal static class PlainValue
{
    /// <summary>Objects nest at most so deep; a deeper (or cyclic) one is refused.</summary>
    private const int MaxDepth = 128;

    public static object? From(object? value) => From(value, 0);

    public static object? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(item => From(item)).ToList(),
        JsonValueKind.Object => FromObject(element),
        _ => null,
    };

    private static object? From(object? value, int depth)
    {
        if (depth > MaxDepth) throw new ArgumentException($"A value may nest at most {MaxDepth} levels.", nameof(value));
        return value switch
        {
            null or bool or long or string => value,
            double number when IsWhole(number) => (long)number,
            double => value,
            int or short or byte or uint or ushort or sbyte => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            float or decimal or ulong => From(Convert.ToDouble(value, CultureInfo.InvariantCulture), depth),
            DateTimeOffset instant => Iso(instant.UtcDateTime),
            DateTime time => Iso(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time),
            TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
            JsonElement element => From(element),
            JsonNode node => From(node.Deserialize(PlainJson.Default.JsonElement)),
            Enum or Guid => value.ToString(),
            IReadOnlyDictionary<string, object?> map => FromPairs(map, depth),
            IReadOnlyDictionary<string, string> map => FromPairs(map.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value)), depth),
            IEnumerable items => FromItems(items, depth),
            _ => value.ToString(),
        };
    }

    /// <summary>Whole numbers are stored as such: 3.0 and 3 are one value, as in JSON and JavaScript.</summary>
    private static bool IsWhole(double number) => Math.Abs(number) <= 9_007_199_254_740_991 && Math.Floor(number) == number;

    private static string Iso(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static Dictionary<string, object?> FromPairs(IEnumerable<KeyValuePair<string, object?>> pairs, int depth)
    {
        var copy = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, item) in pairs) copy[key] = From(item, depth + 1);
        return copy;
    }

    private static List<object?> FromItems(IEnumerable items, int depth)
    {
        var copy = new List<object?>();
        foreach (var item in items) copy.Add(From(item, depth + 1));
        return copy;
    }

    private static Dictionary<string, object?> FromObject(JsonElement element)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject()) map[property.Name] = From(property.Value);
        return map;
    }
}
