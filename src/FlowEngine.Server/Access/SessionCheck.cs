using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace FlowEngine.Server.Access;

/// <summary>
/// Whether somebody who was let in long ago may still be here: for connections that outlive a request. A new scope each time, so
/// that the person is read anew and not remembered.
/// </summary>
public sealed class SessionCheck(IServiceScopeFactory scopes)
{
    /// <summary>False once the person was deactivated or the password or role changed. Keys hold as long as the process: they are configuration.</summary>
    public async Task<bool> StillHolds(ClaimsPrincipal user)
    {
        if (user.Identity?.AuthenticationType is var way && way != IdentityConstants.ApplicationScheme && way != AccessTokenScheme.Name)
        {
            return user.Identity?.IsAuthenticated == true;
        }

        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<AgentSignIn>();
        return await signIn.ValidateSecurityStampAsync(user) is { } agent && await signIn.CanSignInAsync(agent);
    }
}
