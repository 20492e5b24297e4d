using FlowEngine.Server.Access;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Identity;

/// <summary>
/// Signing in as Elsa's clients do: with name and password to tokens, and with a refresh token to new ones. As in Elsa a refusal is an answer like any
/// other, because those clients read <c>isAuthenticated</c>.
/// </summary>
internal static class LoginCalls
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/identity/login", Login).AllowAnonymous();
        api.MapPost("/identity/refresh-token", Refresh).AllowAnonymous();
    }

    private static async Task<IResult> Login(HttpRequest request, PasswordCheck passwords, AccessTokens tokens, CancellationToken cancel)
    {
        if (await ElsaJson.Body(request, cancel) is not { } body)
        {
            return ElsaProblems.NotAnObject;
        }

        if (body.Text("username")?.Trim() is not { Length: > 0 } name || body.Text("password") is not { } password)
        {
            return ElsaProblems.Of("username", "Say username (the e-mail address) and password.");
        }

        var (outcome, agent) = await passwords.Try(name, password);
        return Answer(tokens, outcome.Succeeded ? agent : null, outcome.IsLockedOut ? "Too many tries: wait five minutes." : "Name or password is wrong.");
    }

    /// <summary>The refresh token stands where otherwise the access token does.</summary>
    private static async Task<IResult> Refresh(HttpRequest request, AccessTokens tokens) =>
        Answer(tokens, AccessTokenScheme.Token(request) is { } token ? await tokens.Read(token, TokenUse.Refresh) : null, "Sign in again.");

    private static IResult Answer(AccessTokens tokens, AgentUser? agent, string refusal) => ElsaJson.Ok(agent is null
        ? new LoginAnswer(false, null, null, refusal)
        : new LoginAnswer(true, tokens.Issue(agent, TokenUse.Access), tokens.Issue(agent, TokenUse.Refresh), null));
}

/// <param name="Message">Why not, for people; Elsa says nothing.</param>
internal sealed record LoginAnswer(bool IsAuthenticated, string? AccessToken, string? RefreshToken, string? Message);
