using System.Security.Claims;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Access;

/// <summary>From who is signed in to who acts in a conversation.</summary>
public static class Actors
{
    /// <summary>
    /// A person at the desk, or a key with a desk role, which acts as an agent with an id of its own. The role carried here is only
    /// a claim: the turn uses the directory's for agents that it lists (they are deactivated, never deleted), and this one for keys.
    /// </summary>
    /// <exception cref="InvalidOperationException">The user has no id; the endpoint lacked an authorization policy.</exception>
    public static Actor Of(ClaimsPrincipal user)
    {
        var name = user.Identity?.Name ?? "";
        if (RoleOf(user) is var role and not Role.None)
        {
            return Actor.Agent(IdOf(user) ?? throw new InvalidOperationException("A signed-in user has no id."), name, role);
        }

        return new Actor(ActorKind.OtherApp, name, name);
    }

    public static Guid? IdOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>The highest desk role that the user has.</summary>
    public static Role RoleOf(ClaimsPrincipal user) =>
        user.FindAll(ClaimTypes.Role).Select(c => Roles.Parse(c.Value)).DefaultIfEmpty(Role.None).Max();
}
