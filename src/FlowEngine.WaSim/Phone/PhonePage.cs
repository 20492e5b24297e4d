using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FlowEngine.WaSim.Phone;

/// <summary>The phone as a page: files inside the assembly, nothing from other addresses.</summary>
internal static class PhonePage
{
    /// <summary>Pictures may come from elsewhere: a business sends them by their address.</summary>
    private const string Policy = "default-src 'self'; img-src 'self' data: blob: https: http:; media-src 'self' blob:; base-uri 'self'; frame-ancestors 'self'";

    private const string Script = "text/javascript; charset=utf-8";

    private static readonly (string Name, string Type)[] Files =
    [
        ("phone.css", "text/css; charset=utf-8"), ("phone.js", Script), ("bubbles.js", Script), ("media.js", Script), ("attach.js", Script),
        ("element.js", Script), ("words.js", Script),
    ];

    public static void Map(RouteGroupBuilder group, string prefix)
    {
        group.MapGet("", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return Results.Text(Read("index.html").Replace("{base}", $"{http.Request.PathBase}{prefix}/", StringComparison.Ordinal), "text/html; charset=utf-8");
        });
        foreach (var (name, type) in Files)
        {
            group.MapGet($"/{name}", (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "no-cache";
                return Results.Text(Read(name), type);
            });
        }
    }

    private static string Read(string name)
    {
        using var stream = typeof(PhonePage).Assembly.GetManifestResourceStream($"FlowEngine.WaSim.Phone.Page.{name}")
            ?? throw new InvalidOperationException($"The page's file {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
