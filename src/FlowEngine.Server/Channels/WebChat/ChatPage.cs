using System.Text.Encodings.Web;
using FlowEngine.Engine.Connections;

namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// <c>/chat</c> and <c>/chat/{connection}</c>: the page, alone or inside a site. The only page of this server that other sites may show in a
/// frame, and only those that the connection names. It loads nothing from elsewhere and runs no script but its own.
/// </summary>
internal static class ChatPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; base-uri 'self'; form-action 'none'; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/chat", (HttpContext http, ConnectionBook book) => Show(http, book, null)).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/chat/{connection}", Show).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/chat/{connection}/sample", Sample).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Show(HttpContext http, ConnectionBook book, string? connection)
    {
        if (ChatCall.Find(book, connection) is not { } found)
        {
            return Results.Text("There is no such chat.", statusCode: StatusCodes.Status404NotFound);
        }

        var chat = found.WebChat ?? ChatLook.Default;
        var origins = string.Join(' ', chat.Origins);
        http.Response.Headers.ContentSecurityPolicy = origins.Length == 0 ? Policy : $"{Policy} {origins}";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        return Page(http, "index.html", [("connection", found.Key), ("title", chat.Title ?? found.Name), ("color", chat.Color ?? ""), ("origins", origins)]);
    }

    /// <summary>A page of a site that does not exist, with the widget in it: to see how it looks.</summary>
    private static IResult Sample(HttpContext http, ConnectionBook book, string connection)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'self'; frame-ancestors 'self'";
        return ChatCall.Find(book, connection) is { } found ? Page(http, "sample.html", [("connection", found.Key)]) : Results.NotFound();
    }

    private static IResult Page(HttpContext http, string file, (string Name, string Value)[] values)
    {
        http.Response.Headers.CacheControl = "no-cache";
        var page = ChatFiles.Text(file).Replace("{base}", HtmlEncoder.Default.Encode($"{http.Request.PathBase}/chat/"), StringComparison.Ordinal);
        foreach (var (name, value) in values)
        {
            page = page.Replace($"{{{name}}}", HtmlEncoder.Default.Encode(value), StringComparison.Ordinal);
        }

        return Results.Text(page, "text/html; charset=utf-8");
    }
}
