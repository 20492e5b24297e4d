using Microsoft.AspNetCore.Identity;

namespace FlowEngine.Server.Access;

/// <summary>
/// Refuses that another site's page uses a person's cookie: a request that changes something and is judged by its cookie must come
/// from our own origin. Browsers say so in <c>Sec-Fetch-Site</c> and <c>Origin</c>, which pages cannot forge; a request with neither
/// does not come from a page. The cookie's SameSite=Lax is the first lock, this is the second.
/// </summary>
internal static class SameOrigin
{
    public static async Task Guard(HttpContext http, RequestDelegate next)
    {
        var byCookie = http.User.Identity is { IsAuthenticated: true } identity && identity.AuthenticationType == IdentityConstants.ApplicationScheme;
        if (byCookie && Changes(http.Request.Method) && !IsOurs(http.Request))
        {
            await AccessProblems.Write(http, StatusCodes.Status403Forbidden, "crossSite", "The request comes from another site.");
            return;
        }

        await next(http);
    }

    public static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, Authority(request), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>As <see cref="Uri.Authority"/> writes it: without the scheme's own port.</summary>
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var uri) ? uri.Authority : request.Host.Value ?? "";

    private static bool Changes(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);
}
