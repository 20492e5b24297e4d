using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FlowEngine.Server.Studio.Wire;

/// <summary>JSON as an Elsa server writes it: camelCase, enums by their names, nothing where there is nothing.</summary>
internal static class ElsaJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 512,
        Converters = { new JsonStringEnumConverter() },
    };

    public static IResult Ok<T>(T value) => Results.Json(value, Options);

    /// <summary>The body as an object; an empty one when there is none. Null when it is something else.</summary>
    public static async Task<JsonObject?> Body(HttpRequest request, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancel);
        return buffer.Length == 0 ? [] : Flows.FlowDocument.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), out _);
    }

    /// <summary>Texts of a list member; none where it is missing or null.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject body, string name) =>
        body[name] is JsonArray list ? [.. list.OfType<JsonValue>().Select(v => v.ToString()).Where(v => v.Length > 0)] : [];

    public static string? Text(this JsonObject body, string name) => Flows.ActivityTree.Text(body, name);

    public static int? Number(this JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public static bool? Flag(this JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}

/// <summary>A list with its count, as most descriptors come.</summary>
internal sealed record ElsaList<T>(IReadOnlyList<T> Items)
{
    public int Count => Items.Count;
}

/// <summary>One page of many.</summary>
internal sealed record ElsaPage<T>(IReadOnlyList<T> Items, long TotalCount, IReadOnlyList<ElsaLink>? Links = null);

/// <summary>What a caller may do. The Studio reads only <paramref name="Rel"/>, and is read-only where the right ones are missing.</summary>
internal sealed record ElsaLink(string Href, string Rel, string Method);
