using System.Collections;
using System.Dynamic;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Expressions.CSharp;

/// <summary>Plain values to what C# likes to handle, and back, by copying.</summary>
internal static class CSharpValue
{
    private const int MaxDepth = 64;

    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerOptions.Default) { PropertyNameCaseInsensitive = true };

    /// <exception cref="FormatException">The value cannot be read as that type.</exception>
    public static T? To<T>(object? plain)
    {
        if (plain is null) return default;
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (type == typeof(object)) return (T?)Rich(plain);
        if (type == typeof(ExpandoObject) || type == typeof(IDictionary<string, object>)) return Rich(ValueConversion.Convert(plain, ValueKind.Map)) is T map ? map : default;
        if (plain is T same && type.IsPrimitive) return same;
        if (type == typeof(string) || type.IsEnum || type.IsPrimitive || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(DateTimeOffset)) return ClrValue.To<T>(plain);
        try
        {
            return JsonSerializer.Deserialize<T>(plain is string text && IsJson(text, type) ? text : JsonText.Of(plain), Lenient);
        }
        catch (JsonException failure)
        {
            throw new FormatException($"The value cannot be read as {type.Name}: {failure.Message}", failure);
        }
    }

    /// <exception cref="ArgumentException">It nests too deeply, or in a circle.</exception>
    public static object? ToPlain(object? value) => ToPlain(value, 0);

    private static object? ToPlain(object? value, int depth)
    {
        if (depth > MaxDepth) throw new ArgumentException($"The script's value nests deeper than {MaxDepth} levels, or in a circle.", nameof(value));
        return value switch
        {
            null => null,
            _ when IsPlain(value) => PlainValue.From(value),
            IDictionary<string, object?> map => map.ToDictionary(p => p.Key, p => ToPlain(p.Value, depth + 1), StringComparer.Ordinal),
            IDictionary map => map.Keys.Cast<object>().ToDictionary(k => ValueText.Of(PlainValue.From(k)) ?? "", k => ToPlain(map[k], depth + 1), StringComparer.Ordinal),
            IEnumerable items => items.Cast<object?>().Select(i => ToPlain(i, depth + 1)).ToList(),
            _ => Members(value).ToDictionary(p => p.Name, p => ToPlain(p.GetValue(value), depth + 1), StringComparer.Ordinal),
        };
    }

    /// <summary>Objects of the script's own classes are what can be read of them.</summary>
    private static IEnumerable<PropertyInfo> Members(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0);

    /// <summary>Objects whose members can be reached by a dot and by key.</summary>
    private static object? Rich(object? plain)
    {
        if (plain is List<object?> list) return list.ConvertAll(Rich);
        if (plain is not Dictionary<string, object?> map) return plain;
        IDictionary<string, object?> rich = new ExpandoObject();
        foreach (var (key, value) in map) rich[key] = Rich(value);
        return rich;
    }

    private static bool IsPlain(object value) =>
        value is string or DateTime or DateTimeOffset or TimeSpan or Guid or decimal or Enum or Uri or JsonElement or JsonNode || value.GetType().IsPrimitive;

    private static bool IsJson(string text, Type type) => type != typeof(Guid) && type != typeof(DateTime) && text.AsSpan().TrimStart() is ['{' or '[', ..];
}
