namespace FlowEngine.Server.Jobs.Retention;

/// <summary>How many days things are kept; 0 keeps them for ever. Bound from <c>FlowEngine:Retention</c>.</summary>
public sealed record RetentionOptions
{
    /// <summary>What an event said, such as a lead's message as the provider sent it. Its key stays, so that a late redelivery has no effect (decision 31).</summary>
    public int PayloadDays { get; init; } = 30;

    /// <summary>Statuses of messages that nobody here has sent (another system on the same number).</summary>
    public int UnmatchedDays { get; init; } = 7;

    /// <summary>State and journal of runs that have ended. The conversation, its messages and its history stay.</summary>
    public int RunDays { get; init; } = 180;

    /// <summary>Outgoing webhooks that were delivered or given up.</summary>
    public int WebhookDays { get; init; } = 30;

    /// <summary>Reports of large imports.</summary>
    public int ImportDays { get; init; } = 90;
}
