namespace FlowEngine.Server.Channels.WebChat;

/// <summary>
/// Keeps the visitor's token where no script reads it. Lax: other sites' pages cannot send it along, which is why an embedded page has its
/// token in a header.
/// </summary>
internal static class VisitorCookie
{
    public static string Name(string connection) => $"FlowEngine.Chat.{connection}";

    public static void Write(HttpContext http, string connection, string token) => http.Response.Cookies.Append(Name(connection), token, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = $"{http.Request.PathBase}/chat/{connection}",
        MaxAge = VisitorTokens.Life,
        IsEssential = true,
    });
}
