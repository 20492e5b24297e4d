using System.Security.Claims;
using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FlowEngine.Server.Access;

/// <summary>What a person's session says: id, name, e-mail, role, and the stamp by which it ends when any of it changes.</summary>
public sealed class AgentClaims(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<AgentUser>
{
    public Task<ClaimsPrincipal> CreateAsync(AgentUser user)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, user.Name));
        identity.AddClaim(new Claim(ClaimTypes.Email, user.Email ?? ""));
        identity.AddClaim(new Claim(ClaimTypes.Role, Roles.Of(user.Role)));
        identity.AddClaim(new Claim(options.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp ?? ""));
        return Task.FromResult(new ClaimsPrincipal(identity));
    }
}
