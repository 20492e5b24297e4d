using System.Security.Claims;
using FlowEngine.Server.Access;
using FlowEngine.Server.Flows;

namespace FlowEngine.Server.Studio.Wire;

/// <summary>Who uses the Studio: administrators edit, supervisors look.</summary>
internal static class StudioUser
{
    public static bool MayEdit(this ClaimsPrincipal user) => user.IsInRole(Roles.Admin);

    public static FlowEditor Editor(this ClaimsPrincipal user) => new(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", user.Identity?.Name ?? "");
}
