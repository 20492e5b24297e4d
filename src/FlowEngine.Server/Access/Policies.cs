using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace FlowEngine.Server.Access;

/// <summary>Names of the authorization policies. What names none is open to whoever is signed in; what is public says so itself.</summary>
public static class Policies
{
    /// <summary>Works at the desk: agent, supervisor, admin.</summary>
    public const string Desk = "Desk";

    public const string Supervisor = "Supervisor";

    public const string Admin = "Admin";

    /// <summary>Pages for administrators in person: a key is not enough.</summary>
    public const string AdminPages = "AdminPages";

    /// <summary>Brings leads: integration, admin.</summary>
    public const string Leads = "Leads";

    /// <summary>Listens to live changes: the desk, integrations and outside automations.</summary>
    public const string Listen = "Listen";

    /// <summary>Owns conversations as an outside automation.</summary>
    public const string Automation = "Automation";

    /// <summary>Writes to leads: the desk, and outside automations under their own rules.</summary>
    public const string Speak = "Speak";

    internal static void Add(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(Desk, p => p.RequireRole(Roles.Agent, Roles.Supervisor, Roles.Admin));
        options.AddPolicy(Supervisor, p => p.RequireRole(Roles.Supervisor, Roles.Admin));
        options.AddPolicy(Admin, p => p.RequireRole(Roles.Admin));
        options.AddPolicy(AdminPages, p => p.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireRole(Roles.Admin));
        options.AddPolicy(Leads, p => p.RequireRole(Roles.Integration, Roles.Admin));
        options.AddPolicy(Automation, p => p.RequireRole(Roles.Automation));
        options.AddPolicy(Speak, p => p.RequireRole(Roles.Agent, Roles.Supervisor, Roles.Admin, Roles.Automation));
        options.AddPolicy(Listen, p => p.RequireRole([.. Roles.All]));
    }
}
