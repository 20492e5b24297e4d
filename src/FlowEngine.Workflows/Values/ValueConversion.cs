using System.Globalization;

namespace FlowEngine.Workflows.Values;

/// <summary>
/// Elsa's object converter: an evaluated value becomes what the input asks for. Failing is a <see cref="FormatException"/>.
/// </summary>
internal static class ValueConversion
{
    public static object? Convert(object? value, ValueKind kind) => kind switch
    {
        _ when value is null => null,
        ValueKind.Text => value is List<object?> or Dictionary<string, object?> ? JsonText.Escaped(value) : ValueText.Of(value),
        ValueKind.Boolean => ToBoolean(value),
        ValueKind.Integer => ToInteger(value),
        ValueKind.Number => ToNumber(value),
        ValueKind.Duration => ToDuration(value),
        ValueKind.Instant => ToInstant(value),
        ValueKind.List => ToList(value),
        ValueKind.Map => ToMap(value),
        _ => value,
    };

    private static object? ToBoolean(object value) => value switch
    {
        bool => value,
        long number => number != 0,
        double number => number != 0,
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when bool.TryParse(text, out var flag) => flag,
        _ => throw Cannot(value, "true or false"),
    };

    private static object? ToInteger(object value) => value switch
    {
        long => value,
        bool flag => flag ? 1L : 0L,
        double number when Math.Abs(number) < long.MaxValue => (long)Math.Round(number, MidpointRounding.ToEven),
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => ToInteger(number),
        _ => throw Cannot(value, "a whole number"),
    };

    private static object? ToNumber(object value) => value switch
    {
        long or double => value,
        bool flag => flag ? 1L : 0L,
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => PlainValue.From(number),
        _ => throw Cannot(value, "a number"),
    };

    private static object? ToDuration(object value) => value switch
    {
        TimeSpan => value,
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) => span,
        _ => throw Cannot(value, "a duration such as 00:05:00"),
    };

    private static object? ToInstant(object value) => value switch
    {
        DateTimeOffset => value,
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) => instant,
        _ => throw Cannot(value, "a date and time"),
    };

    /// <summary>A single value is a list of one; JSON text of an array is that array.</summary>
    private static object ToList(object value)
    {
        if (value is List<object?>) return value;
        if (value is not string text) return new List<object?> { value };
        if (text.AsSpan().TrimStart().StartsWith("[") && JsonText.TryParse(text, out var parsed) && parsed is List<object?> list) return list;
        return text.Length == 0 ? [] : new List<object?> { text };
    }

    private static object? ToMap(object value) => value switch
    {
        Dictionary<string, object?> => value,
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when JsonText.TryParse(text, out var parsed) && parsed is Dictionary<string, object?> map => map,
        _ => throw Cannot(value, "an object"),
    };

    private static FormatException Cannot(object value, string wanted)
    {
        var shown = ValueText.Of(value) ?? "";
        return new FormatException($"'{(shown.Length > 80 ? shown[..80] + "…" : shown)}' is not {wanted}.");
    }
}
