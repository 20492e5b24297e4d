using System.Text.Json;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>Bodies of strangers: read up to a bound, whatever they say of their length.</summary>
internal static class ChatBody
{
    /// <summary>A message of the longest text, in escapes, fits.</summary>
    private const int Longest = 32 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <returns>The value, or the answer that refuses the body: 415, 413, 400.</returns>
    public static async Task<(T? Value, IResult? Refusal)> Read<T>(HttpContext http) where T : class
    {
        // Another site's form cannot send this type without asking first, which it may not.
        if (!http.Request.HasJsonContentType())
        {
            return (null, ChatCall.Refuse(http, StatusCodes.Status415UnsupportedMediaType, "notJson", "The body is JSON."));
        }

        if (await Bytes(http.Request, http.RequestAborted) is not { } bytes)
        {
            return (null, ChatCall.Refuse(http, StatusCodes.Status413PayloadTooLarge, "tooLarge", $"The body has at most {Longest} bytes."));
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, Options) is { } value ? (value, null) : (null, Unreadable(http));
        }
        catch (JsonException)
        {
            return (null, Unreadable(http));
        }
    }

    private static IResult Unreadable(HttpContext http) => ChatCall.Refuse(http, StatusCodes.Status400BadRequest, "unreadable", "The body cannot be read.");

    private static async Task<ReadOnlyMemory<byte>?> Bytes(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > Longest)
        {
            return null;
        }

        var buffer = new byte[Longest + 1];
        var length = 0;
        while (length < buffer.Length && await request.Body.ReadAsync(buffer.AsMemory(length), cancel) is var read and > 0)
        {
            length += read;
        }

        // Not by one conditional: beside a Memory its null would be an empty Memory.
        if (length > Longest)
        {
            return null;
        }

        return buffer.AsMemory(0, length);
    }
}
