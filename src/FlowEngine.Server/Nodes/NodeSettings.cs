namespace FlowEngine.Server.Nodes;

/// <summary>What this node is for, and how it ends.</summary>
/// <param name="Web">HTTP: webhooks, API and screens.</param>
/// <param name="Worker">Turns, timers and outgoing webhooks.</param>
/// <param name="Notice">Between the signal to end and the closing of the door: in it the proxy notices that this node is not ready any more.</param>
/// <param name="EndsWithin">What is still under way after this is cut off.</param>
public sealed record NodeSettings(string Name, bool Web, bool Worker, TimeSpan Notice, TimeSpan EndsWithin)
{
    private static readonly TimeSpan NoticeAmongOthers = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DefaultEnd = TimeSpan.FromSeconds(20);

    /// <summary>Reads <c>FlowEngine:Roles</c> and <c>FlowEngine:Node:{Name,Notice,EndsWithin}</c>.</summary>
    /// <exception cref="InvalidOperationException">A role is unknown, or this would be the only process and it does not work.</exception>
    public static NodeSettings Read(IConfiguration configuration)
    {
        var roles = (configuration["FlowEngine:Roles"] is { Length: > 0 } named ? named : "web,worker")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (roles.Length == 0 || roles.Any(r => r is not ("web" or "worker")))
        {
            throw new InvalidOperationException("FlowEngine:Roles is web, worker, or both with a comma between.");
        }

        var among = !string.IsNullOrWhiteSpace(configuration.GetConnectionString("FlowEngine"));
        if (!among && roles.Distinct().Count() == 1)
        {
            throw new InvalidOperationException($"FlowEngine:Roles is {roles[0]} only: nodes share their work through PostgreSQL (ConnectionStrings:FlowEngine). On SQLite one process does all of it.");
        }

        var node = configuration.GetSection("FlowEngine:Node");
        return new NodeSettings(
            node["Name"] is { Length: > 0 } name ? name : Environment.MachineName,
            roles.Contains("web"),
            roles.Contains("worker"),
            node.GetValue<TimeSpan?>("Notice") ?? (among ? NoticeAmongOthers : TimeSpan.Zero),
            node.GetValue<TimeSpan?>("EndsWithin") ?? DefaultEnd);
    }
}
