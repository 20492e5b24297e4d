using System.Text;
using System.Text.Json;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// PostgreSQL's text holds neither the character 0 nor half a surrogate pair, and nothing that a stranger writes may fail for that: the
/// first is left out, the second becomes U+FFFD, as SQLite's UTF-8 does it.
/// </summary>
internal static class StorableText
{
    public static string Of(string text)
    {
        var clean = text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;
        return clean.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? clean : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean));
    }

    /// <summary>JSON for a column that the database parses: it refuses the escaped character 0 as well.</summary>
    public static byte[] OfJson(byte[] utf8)
    {
        if (utf8.AsSpan().IndexOf("\\u0000"u8) < 0)
        {
            return utf8;
        }

        var fields = JsonSerializer.Deserialize(utf8, StoredJson.Plain.ImmutableSortedDictionaryStringString)!;
        return JsonSerializer.SerializeToUtf8Bytes(
            fields.Aggregate(fields.Clear(), (kept, field) => kept.SetItem(Of(field.Key), Of(field.Value))), StoredJson.Plain.ImmutableSortedDictionaryStringString);
    }
}
