using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FlowEngine.Server.Access;

/// <summary>Sign-in of people: an inactive agent has none.</summary>
public sealed class AgentSignIn(
    UserManager<AgentUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<AgentUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<AgentUser>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<AgentUser> confirmation)
    : SignInManager<AgentUser>(users, http, claims, options, log, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(AgentUser user) => user.Active && await base.CanSignInAsync(user);
}
