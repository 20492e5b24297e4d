using FlowEngine.Conversations;

namespace FlowEngine.Server.Access;

/// <summary>The words for what a person or a key may do. People have the first three; keys may have any.</summary>
public static class Roles
{
    public const string Agent = "agent";
    public const string Supervisor = "supervisor";
    public const string Admin = "admin";

    /// <summary>Brings leads and listens; does not work at the desk.</summary>
    public const string Integration = "integration";

    /// <summary>An outside automation that may own conversations.</summary>
    public const string Automation = "automation";

    public static readonly IReadOnlyList<string> All = [Agent, Supervisor, Admin, Integration, Automation];

    public static string Of(Role role) => role switch
    {
        Role.Admin => Admin,
        Role.Supervisor => Supervisor,
        Role.Agent => Agent,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No word for a role without rights."),
    };

    /// <summary>The rank at the desk; <see cref="Role.None"/> for words that give none.</summary>
    public static Role Parse(string? word) => word switch
    {
        Admin => Role.Admin,
        Supervisor => Role.Supervisor,
        Agent => Role.Agent,
        _ => Role.None,
    };
}
