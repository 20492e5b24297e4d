namespace FlowEngine.Server.Jobs;

/// <summary>Bound from <c>FlowEngine:Jobs</c>.</summary>
public sealed record JobOptions
{
    /// <summary>Jobs at the same time on this node; null is 8 on PostgreSQL and 2 on the embedded database.</summary>
    public int? Workers { get; init; }

    /// <summary>When old rows are cleared every night: a cron expression in the company's time zone.</summary>
    public string RetentionCron { get; init; } = "15 3 * * *";
}
