using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>The page's own files, inside the assembly and read once. Browsers ask whether they changed, by their hash.</summary>
internal static class ChatFiles
{
    private static readonly (string Name, string Type)[] Public =
    [
        ("chat.css", "text/css; charset=utf-8"), ("chat.js", "text/javascript; charset=utf-8"), ("thread.js", "text/javascript; charset=utf-8"), ("line.js", "text/javascript; charset=utf-8"),
        ("words.js", "text/javascript; charset=utf-8"), ("blobs.js", "text/javascript; charset=utf-8"), ("tray.js", "text/javascript; charset=utf-8"),
        ("widget.js", "text/javascript; charset=utf-8"),
    ];

    private static readonly FrozenDictionary<string, byte[]> Bytes =
        Public.Select(file => file.Name).Append("index.html").Append("sample.html").ToFrozenDictionary(name => name, Load, StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var (name, type) in Public)
        {
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes[name]))[..16]}\"");
            endpoints.MapGet($"/chat/{name}", (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "no-cache";
                // The widget's script is for pages of other sites.
                http.Response.Headers["Cross-Origin-Resource-Policy"] = name == "widget.js" ? "cross-origin" : "same-origin";
                return Results.Bytes(Bytes[name], type, entityTag: tag);
            }).AllowAnonymous().ExcludeFromDescription();
        }
    }

    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(Bytes[name]);

    private static byte[] Load(string name)
    {
        using var stream = typeof(ChatFiles).Assembly.GetManifestResourceStream($"FlowEngine.WebChat.{name}")
            ?? throw new InvalidOperationException($"The page's file {name} is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
