using FlowEngine.Conversations;
using Microsoft.AspNetCore.Identity;

namespace FlowEngine.Server.Persistence.Rows;

/// <summary>
/// A person who works at the desk, with what ASP.NET Core Identity keeps of its sign-in. The role is a column and not a table of
/// roles: rights are ascending (<see cref="Conversations.Role"/>). <c>Id</c> must come from <c>Ids</c> before it is saved.
/// </summary>
public sealed class AgentUser : IdentityUser<Guid>
{
    public required string Name { get; set; }

    public Role Role { get; set; } = Role.Agent;

    /// <summary>An inactive agent cannot sign in and gets no conversations; its history stays.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Language of its screens (es, pt-BR, en); null follows the browser.</summary>
    public string? Culture { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
