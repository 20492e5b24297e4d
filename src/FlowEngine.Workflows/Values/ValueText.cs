using System.Globalization;

namespace FlowEngine.Workflows.Values;

/// <summary>A value as people and other systems read it: numbers by the invariant culture, objects as JSON.</summary>
internal static class ValueText
{
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
        _ => JsonText.Of(value),
    };
}
