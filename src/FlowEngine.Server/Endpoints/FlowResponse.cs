using FlowEngine.Engine.Mailbox;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;
using Microsoft.Net.Http.Headers;

namespace FlowEngine.Server.Endpoints;

/// <summary>The response that a flow has written, onto the wire.</summary>
internal static class FlowResponse
{
    /// <summary>Headers that are the server's own: framing, and what would act on the signed-in person's session.</summary>
    private static readonly HashSet<string> NotTheirs = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Transfer-Encoding", "Upgrade", "Trailer", "Date", "Server", "Set-Cookie", "Clear-Site-Data", "Content-Security-Policy", "X-Content-Type-Options",
        "Strict-Transport-Security", "Content-Type",
    };

    public static async Task Write(HttpResponse response, RunResponse written)
    {
        response.StatusCode = written.StatusCode;
        foreach (var (name, value) in written.Headers ?? new Dictionary<string, string>())
        {
            if (!NotTheirs.Contains(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !value.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                response.Headers[name] = value;
            }
        }

        if (written.File is { } file && JsonText.Read(written.ContentJson) is string content)
        {
            await Send(response, Convert.FromBase64String(content), file, written.ContentType);
            return;
        }

        if (written.ContentJson is null || written.StatusCode is 204 or 304 or < 200)
        {
            return;
        }

        var text = JsonText.Read(written.ContentJson) as string;
        var type = TypeOf(written.ContentType) is { } given ? given : text is null ? "application/json" : "text/plain";
        response.ContentType = type.Contains("charset", StringComparison.OrdinalIgnoreCase) ? type : type + "; charset=utf-8";
        await response.WriteAsync(text ?? written.ContentJson);
    }

    /// <summary>A name that is saved, never shown in the page; a part where the client asks for one and the flow allows it.</summary>
    private static Task Send(HttpResponse response, byte[] content, HttpFileSent file, string? type)
    {
        var tag = file.EntityTag is { Length: > 0 } given && EntityTagHeaderValue.TryParse($"\"{given.Trim('"')}\"", out var parsed) ? parsed : null;
        return Results.File(content, TypeOf(type) ?? "application/octet-stream", file.Name ?? "file", file.Resumable, entityTag: tag).ExecuteAsync(response.HttpContext);
    }

    private static string? TypeOf(string? written) => written is { Length: > 0 } given && !given.AsSpan().ContainsAny('\r', '\n', '\0') ? given : null;
}
