namespace FlowEngine.Server.Access.SignIn;

/// <summary>Ends the session. Only by POST and only from our own pages: no other site can sign a person out.</summary>
internal static class Logout
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/account/logout", SignOut).DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> SignOut(AgentSignIn signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(Login.Path);
    }
}
