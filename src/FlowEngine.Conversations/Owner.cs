namespace FlowEngine.Conversations;

/// <summary>Who may speak to the lead. The six kinds are fixed from the first migration on (decision 3).</summary>
public enum OwnerKind
{
    Nobody = 0,
    Flow = 1,
    Queue = 2,
    Agent = 3,
    PersonOutside = 4,
    OtherApp = 5,
}

/// <summary>
/// The single party allowed to speak to the lead now. <paramref name="Id"/> is the workflow instance of a flow, the department
/// key of a queue, the agent's id, the connection key of a person outside, or the key name of another application.
/// </summary>
public readonly record struct Owner(OwnerKind Kind, string? Id = null, string? Name = null)
{
    public static readonly Owner Nobody = new(OwnerKind.Nobody);

    public static Owner Flow(Guid instance, string name) => new(OwnerKind.Flow, instance.ToString(), name);

    public static Owner Queue(string department, string name) => new(OwnerKind.Queue, department, name);

    public static Owner Agent(Guid agent, string name) => new(OwnerKind.Agent, agent.ToString(), name);

    public static Owner PersonOutside(string connection) => new(OwnerKind.PersonOutside, connection, null);

    public static Owner OtherApp(string key, string name) => new(OwnerKind.OtherApp, key, name);

    public bool IsAgent(Guid agent) => Kind == OwnerKind.Agent && Id == agent.ToString();

    /// <param name="key">The name of the automation's API key.</param>
    public bool IsApp(string key) => Kind == OwnerKind.OtherApp && Id == key;

    public bool IsFlow(Guid instance) => Kind == OwnerKind.Flow && Id == instance.ToString();
}
