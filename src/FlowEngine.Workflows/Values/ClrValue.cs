using System.Globalization;

namespace FlowEngine.Workflows.Values;

/// <summary>A plain value as the C# type that an activity asked for.</summary>
internal static class ClrValue
{
    public static T? To<T>(object? value)
    {
        if (value is T same) return same;
        if (value is null) return default;
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return (T?)To(value, type);
    }

    private static object? To(object value, Type type)
    {
        if (type == typeof(string)) return ValueText.Of(value);
        if (type == typeof(bool)) return ValueConversion.Convert(value, ValueKind.Boolean);
        if (type == typeof(TimeSpan)) return ValueConversion.Convert(value, ValueKind.Duration);
        if (type == typeof(DateTimeOffset)) return ValueConversion.Convert(value, ValueKind.Instant);
        if (type.IsEnum) return ToEnum(value, type);
        if (type.IsAssignableFrom(typeof(List<string>))) return Strings(value);
        if (type == typeof(string[])) return Strings(value).ToArray();
        if (type.IsAssignableFrom(typeof(Dictionary<string, object?>))) return ValueConversion.Convert(value, ValueKind.Map);
        if (type.IsAssignableFrom(typeof(List<object?>))) return ValueConversion.Convert(value, ValueKind.List);
        if (typeof(IConvertible).IsAssignableFrom(type)) return ToNumber(value, type);
        throw new FormatException($"A {value.GetType().Name} cannot be read as {type.Name}.");
    }

    private static object? ToNumber(object value, Type type)
    {
        var number = ValueConversion.Convert(value, ValueKind.Number);
        return number is null ? null : Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
    }

    private static object ToEnum(object value, Type type)
    {
        var text = ValueText.Of(value) ?? "";
        return Enum.TryParse(type, text, ignoreCase: true, out var parsed) && parsed is not null
            ? parsed
            : throw new FormatException($"'{text}' is none of {string.Join(", ", Enum.GetNames(type))}.");
    }

    private static List<string> Strings(object value)
    {
        var list = (List<object?>?)ValueConversion.Convert(value, ValueKind.List);
        return list is null ? [] : list.ConvertAll(item => ValueText.Of(item) ?? "");
    }
}
