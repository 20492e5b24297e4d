namespace FlowEngine.Conversations;

public enum ActorKind { System = 0, Lead = 1, Flow = 2, Agent = 3, OtherApp = 4, PersonOutside = 5, Rule = 6 }

/// <summary>Ascending rights of people and keys at the desk.</summary>
public enum Role { None = 0, Agent = 1, Supervisor = 2, Admin = 3 }

/// <summary>Who acts, with the rights read at commit (invariant I20). For agents <paramref name="Id"/> is the agent's id.</summary>
public sealed record Actor(ActorKind Kind, string? Id, string Name, Role Role = Role.None)
{
    public static readonly Actor System = new(ActorKind.System, null, "system");

    public static readonly Actor Lead = new(ActorKind.Lead, null, "lead");

    public static Actor Flow(Guid instance, string name) => new(ActorKind.Flow, instance.ToString(), name);

    public static Actor Agent(Guid id, string name, Role role) => new(ActorKind.Agent, id.ToString(), name, role);

    public Guid? AgentId => Kind == ActorKind.Agent && Guid.TryParse(Id, out var id) ? id : null;
}
