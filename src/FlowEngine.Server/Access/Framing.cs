namespace FlowEngine.Server.Access;

/// <summary>
/// No page of ours may be shown inside another site's, where it could be clicked unseen. The web chat, which is made for that, writes a policy of
/// its own over this one.
/// </summary>
internal static class Framing
{
    public static Task Guard(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.ContentSecurityPolicy = "frame-ancestors 'self'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return next(http);
    }
}
