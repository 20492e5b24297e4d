using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FlowEngine.Server.Access;

/// <summary>Machine access: <c>Authorization: ApiKey &lt;key&gt;</c>.</summary>
public sealed class ApiKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeyBook keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiKey";

    private const string Prefix = "ApiKey ";

    /// <summary>Whether a request brings a key; such a request is never judged by its cookie.</summary>
    public static bool IsUsedBy(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsUsedBy(Request))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var secret = Request.Headers.Authorization.ToString()[Prefix.Length..].Trim();
        return Task.FromResult(keys.Find(secret) is { } key
            ? AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(key), Name))
            : AuthenticateResult.Fail("Unknown API key."));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Name;
        await AccessProblems.Write(Context, StatusCodes.Status401Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AccessProblems.Write(Context, StatusCodes.Status403Forbidden);

    private static ClaimsPrincipal PrincipalOf(ApiKey key)
    {
        Claim[] claims =
        [
            new(ClaimTypes.NameIdentifier, key.Id.ToString()),
            new(ClaimTypes.Name, key.Name),
            new(ClaimTypes.Role, key.Role),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Name));
    }
}
