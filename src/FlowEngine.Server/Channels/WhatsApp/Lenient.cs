using System.Text.Json;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// Reading of provider JSON where every field may be missing, null, a string or a number (cloud-api.md section 0, point 10). Nothing here
/// throws for a hole; a string with a broken surrogate pair throws <see cref="InvalidOperationException"/>, which loses that item alone.
/// </summary>
internal static class Lenient
{
    private static readonly JsonElement EmptyArray = JsonDocument.Parse("[]").RootElement;

    /// <summary>The named part when it is there and not null.</summary>
    public static JsonElement? Part(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null
            ? part
            : null;

    public static JsonElement? Part(this JsonElement element, string name) => element.Part(System.Text.Encoding.UTF8.GetBytes(name));

    public static JsonElement? Part(this JsonElement? element, ReadOnlySpan<byte> name) => element is { } there ? there.Part(name) : null;

    /// <summary>Text of a string or a number; null for everything else, and for the empty string. NUL, which no database column holds, is dropped.</summary>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) => element.Part(name) is { } part ? part.AsText() : null;

    public static string? Text(this JsonElement? element, ReadOnlySpan<byte> name) => element is { } there ? there.Text(name) : null;

    public static string? AsText(this JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Number)
            return part.GetRawText();
        if (part.ValueKind != JsonValueKind.String || part.GetString() is not { Length: > 0 } text)
            return null;

        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;
    }

    /// <summary>Items of an array; none when it is missing or something else.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Part(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : EmptyArray.EnumerateArray();

    public static int Count(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Part(name) is { ValueKind: JsonValueKind.Array } array ? array.GetArrayLength() : 0;

    /// <summary>Unix seconds as string or number; the future, which a wrong clock sends, becomes now, and so does a missing value.</summary>
    public static DateTimeOffset TimeOr(this JsonElement element, ReadOnlySpan<byte> name, DateTimeOffset now)
    {
        if (!long.TryParse(element.Text(name), out var seconds) || seconds <= 0 || seconds >= now.ToUnixTimeSeconds())
            return now;

        return DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
