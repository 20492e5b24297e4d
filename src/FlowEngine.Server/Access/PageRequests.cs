namespace FlowEngine.Server.Access;

/// <summary>Tells a person who looks for one of our pages from programs, and from the pages that strangers see.</summary>
internal static class PageRequests
{
    private static readonly string[] Others = ["/api", "/elsa", "/workflows", "/webhooks", "/chat", "/wasim", "/health", "/metrics", "/openapi"];

    /// <summary>Then an answer without words is worth a page that says in their language what is wrong.</summary>
    public static bool Is(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(Others, other => http.Request.Path.StartsWithSegments(other, StringComparison.OrdinalIgnoreCase));
}
