namespace FlowEngine.Server.Media;

/// <summary>Where files of messages are kept, and how long they are asked for. Bound from <c>FlowEngine:Media</c>.</summary>
public sealed record MediaOptions
{
    /// <summary>Several nodes need one that all of them see. Empty is <c>media</c> in the data folder.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Bytes of one file; a larger one is not fetched. WhatsApp carries documents of up to 100 MB (cloud-api.md section 4).</summary>
    public long MaxBytes { get; init; } = 100L * 1024 * 1024;

    /// <summary>How long the provider keeps what its webhooks name: 7 days (cloud-api.md section 4).</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often a node looks for files that are owed by itself.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before the first repetition; each next one waits four times as long.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(1);
}
