using System.Security.Claims;
using System.Text.Encodings.Web;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FlowEngine.Server.Access;

/// <summary>
/// People by <c>Authorization: Bearer &lt;token&gt;</c>. The person is read anew with every request, so that rights are those of now.
/// </summary>
internal sealed class AccessTokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessTokens tokens, IUserClaimsPrincipalFactory<AgentUser> claims)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "AccessToken";

    private const string Prefix = "Bearer ";

    public static bool IsUsedBy(HttpRequest request) => Token(request) is not null;

    /// <summary>Null when the request brings none, or an API key in its place.</summary>
    public static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && header[Prefix.Length..].Trim() is var token && AccessTokens.IsMeantBy(token) ? token : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (await tokens.Read(token, TokenUse.Access) is not { } agent)
        {
            return AuthenticateResult.Fail("The token does not hold, or not any more.");
        }

        var principal = await claims.CreateAsync(agent);
        var identity = new ClaimsIdentity(principal.Claims, Name, ClaimTypes.Name, ClaimTypes.Role);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Prefix.Trim();
        await AccessProblems.Write(Context, StatusCodes.Status401Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => AccessProblems.Write(Context, StatusCodes.Status403Forbidden);
}
