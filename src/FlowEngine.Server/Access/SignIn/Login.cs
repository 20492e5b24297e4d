using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowEngine.Server.Access.SignIn;

/// <summary>The sign-in form: <c>GET</c> shows it, <c>POST</c> signs in and goes to <c>returnUrl</c> within this site.</summary>
internal static class Login
{
    public const string Path = "/account/login";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, Show).AllowAnonymous().ExcludeFromDescription();
        // The token is checked by hand, so that a stale form is shown again instead of an error page.
        endpoints.MapPost(Path, SignIn).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static IResult Show(HttpContext http, IAntiforgery antiforgery, string? returnUrl) =>
        http.User.Identity?.IsAuthenticated == true ? Results.LocalRedirect(LocalUrl.OrRoot(returnUrl)) : Page(http, antiforgery, returnUrl);

    private static async Task<IResult> SignIn(HttpContext http, IAntiforgery antiforgery, PasswordCheck passwords, AgentSignIn signIn)
    {
        if (!http.Request.HasFormContentType || !SameOrigin.IsOurs(http.Request))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (email, password, returnUrl) = (form["email"].ToString().Trim(), form["password"].ToString(), form["returnUrl"].ToString());
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Page(http, antiforgery, returnUrl, email, "Stale", StatusCodes.Status400BadRequest);
        }

        var (outcome, agent) = await passwords.Try(email, password);
        if (!outcome.Succeeded)
        {
            return Page(http, antiforgery, returnUrl, email, outcome.IsLockedOut ? "Locked" : "Wrong", StatusCodes.Status401Unauthorized);
        }

        await signIn.SignInAsync(agent!, isPersistent: true);
        return Results.LocalRedirect(LocalUrl.OrRoot(returnUrl));
    }

    private static RazorComponentResult<LoginPage> Page(
        HttpContext http, IAntiforgery antiforgery, string? returnUrl, string? email = null, string? failure = null, int status = StatusCodes.Status200OK)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XFrameOptions = "DENY";
        var parameters = new Dictionary<string, object?>
        {
            [nameof(LoginPage.Texts)] = LoginTexts.For(http.Request),
            [nameof(LoginPage.TokenField)] = tokens.FormFieldName,
            [nameof(LoginPage.Token)] = tokens.RequestToken,
            [nameof(LoginPage.ReturnUrl)] = LocalUrl.OrRoot(returnUrl),
            [nameof(LoginPage.Email)] = string.IsNullOrEmpty(email) ? null : email,
            [nameof(LoginPage.Failure)] = failure,
        };
        return new RazorComponentResult<LoginPage>(parameters) { StatusCode = status };
    }
}
