using System.Security.Claims;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>Who sits at this desk, as the session's claims say. The engine reads the rights again at each commit.</summary>
public sealed record Me(Guid Id, string Name, Role Role)
{
    public Actor Actor => Actor.Agent(Id, Name, Role);

    public bool Leads => Role >= Role.Supervisor;

    /// <summary>Null when the session carries no agent's id.</summary>
    public static Me? From(ClaimsPrincipal user)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
        {
            return null;
        }

        var roles = user.FindAll(ClaimTypes.Role).Select(c => Enum.TryParse<Role>(c.Value, ignoreCase: true, out var role) ? role : Role.None);
        return new Me(id, user.FindFirstValue(ClaimTypes.Name) ?? "", roles.DefaultIfEmpty(Role.None).Max());
    }
}
