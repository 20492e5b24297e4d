using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FlowEngine.Server.Access;

/// <summary>Machine access: <c>Authorization: ApiKey &lt;key&gt;</c>, or the key as a bearer token, for tools that know nothing else.</summary>
public sealed class ApiKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeyBook keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiKey";

    private static readonly string[] Prefixes = ["ApiKey ", "Bearer "];

    /// <summary>Whether a request brings a key; such a request is never judged by its cookie.</summary>
    public static bool IsUsedBy(HttpRequest request) => Secret(request) is not null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Secret(Request) is not { } secret)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

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

    /// <summary>Null when the request brings no key; an empty bearer token, as the Studio sends without one, is none.</summary>
    private static string? Secret(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var prefix = Array.Find(Prefixes, p => header.StartsWith(p, StringComparison.OrdinalIgnoreCase));
        return prefix is not null && header[prefix.Length..].Trim() is { Length: > 0 } secret ? secret : null;
    }

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
