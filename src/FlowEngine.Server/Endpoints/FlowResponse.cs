using FlowEngine.Engine.Mailbox;
using FlowEngine.Workflows.Values;

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

        if (written.ContentJson is null || written.StatusCode is 204 or 304 or < 200)
        {
            return;
        }

        var text = JsonText.Read(written.ContentJson) as string;
        var type = written.ContentType is { Length: > 0 } given && !given.AsSpan().ContainsAny('\r', '\n', '\0') ? given : text is null ? "application/json" : "text/plain";
        response.ContentType = type.Contains("charset", StringComparison.OrdinalIgnoreCase) ? type : type + "; charset=utf-8";
        await response.WriteAsync(text ?? written.ContentJson);
    }
}
