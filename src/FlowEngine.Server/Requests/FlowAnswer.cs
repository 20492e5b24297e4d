using System.Text;
using FlowEngine.Workflows.Activities.Http;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Server.Requests;

/// <summary>What came of a request, as the waiting activity reads it.</summary>
internal static class FlowAnswer
{
    /// <param name="attempts">How often it was sent.</param>
    /// <param name="asFile">Whether the body is wanted as a file, whatever its type.</param>
    public static async Task<Dictionary<string, object?>> Of(HttpResponseMessage response, int attempts, int largest, bool asFile, CancellationToken cancel) => new()
    {
        ["StatusCode"] = (long)(int)response.StatusCode,
        [asFile ? "File" : "ParsedContent"] = asFile ? await File(response, largest, cancel) : await Body(response.Content, largest, cancel),
        ["ResponseHeaders"] = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, object? (h) => string.Join(", ", h.Value)),
        ["Attempts"] = (long)attempts,
    };

    /// <summary>As if that had been answered: JSON where the body is JSON, else text.</summary>
    public static string MadeUp(int status, string body, bool asFile) => JsonText.Of(new Dictionary<string, object?>
    {
        ["StatusCode"] = (long)status,
        [asFile ? "File" : "ParsedContent"] = asFile
            ? new Dictionary<string, object?> { ["FileName"] = "file", ["ContentType"] = "text/plain", ["Length"] = (long)Encoding.UTF8.GetByteCount(body), ["Content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(body)) }
            : body.Length == 0 ? null : JsonOrText(body),
        ["ResponseHeaders"] = new Dictionary<string, object?>(),
        ["Attempts"] = 1L,
    });

    /// <param name="kind">Timeout, or anything else that kept it from an answer.</param>
    public static Dictionary<string, object?> Failed(string kind, string detail, int attempts) => new() { ["Failure"] = kind, ["Detail"] = detail, ["Attempts"] = (long)attempts };

    /// <summary>The answer with the attempts that came before it, as text.</summary>
    public static string After(IReadOnlyList<object?> retried, Dictionary<string, object?> answer)
    {
        if (retried.Count > 0)
        {
            answer[RetriedAttempts.Name] = retried;
        }

        return JsonText.Of(answer);
    }

    /// <summary>As an upload is: named by the answer, else by the last part of the address.</summary>
    private static async Task<object?> File(HttpResponseMessage response, int largest, CancellationToken cancel)
    {
        var bytes = await Read(response.Content, largest, cancel);
        var said = response.Content.Headers.ContentDisposition;
        var name = (said?.FileNameStar ?? said?.FileName)?.Trim('"') is { Length: > 0 } given ? given : response.RequestMessage?.RequestUri?.Segments[^1].Trim('/');
        return new Dictionary<string, object?>
        {
            ["FileName"] = string.IsNullOrEmpty(name) ? "file" : Path.GetFileName(name), ["ContentType"] = response.Content.Headers.ContentType?.ToString(),
            ["Length"] = (long)bytes.Length, ["Content"] = Convert.ToBase64String(bytes),
        };
    }

    /// <summary>JSON as a value, other text as text, everything else as base64.</summary>
    private static async Task<object?> Body(HttpContent content, int largest, CancellationToken cancel)
    {
        var bytes = await Read(content, largest, cancel);
        var type = content.Headers.ContentType?.MediaType ?? "";
        if (bytes.Length == 0)
        {
            return null;
        }

        if (type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            return JsonOrText(Encoding.UTF8.GetString(bytes));
        }

        var isText = type.Length == 0 || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase) || type.Contains("urlencoded", StringComparison.OrdinalIgnoreCase);
        return isText ? Encoding.UTF8.GetString(bytes) : Convert.ToBase64String(bytes);
    }

    private static object? JsonOrText(string text)
    {
        try
        {
            return JsonText.Read(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    private static async Task<byte[]> Read(HttpContent content, int largest, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            read.Write(buffer, 0, count);
            if (read.Length > largest)
            {
                throw new InvalidDataException($"The answer is longer than {largest} bytes.");
            }
        }

        return read.ToArray();
    }
}
