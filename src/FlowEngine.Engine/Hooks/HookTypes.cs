namespace FlowEngine.Engine.Hooks;

/// <summary>The types of outgoing webhooks; other programs rely on these names.</summary>
public static class HookTypes
{
    public const string Created = "conversation.created";
    public const string TabChanged = "conversation.tabChanged";
    public const string HandedOff = "conversation.handedOff";
    public const string Claimed = "conversation.claimed";
    public const string Finalized = "conversation.finalized";
    public const string Reopened = "conversation.reopened";
    public const string SlaBreached = "conversation.slaBreached";
    public const string Received = "message.received";
    public const string Sent = "message.sent";
    public const string Failed = "message.failed";
    public const string IncidentOpened = "incident.opened";
    public const string IncidentResolved = "incident.resolved";
    public const string TaskRequested = "task.requested";

    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        Created, TabChanged, HandedOff, Claimed, Finalized, Reopened, SlaBreached, Received, Sent, Failed, IncidentOpened, IncidentResolved, TaskRequested,
    };

    /// <summary>The type that an entry of the history is told as; null when the outside does not hear of it.</summary>
    internal static string? OfHistory(string kind) => kind switch
    {
        "created" => Created,
        "handedOff" => HandedOff,
        "claimed" => Claimed,
        "finalized" => Finalized,
        "reopened" => Reopened,
        "slaBreached" => SlaBreached,
        _ => null,
    };
}
