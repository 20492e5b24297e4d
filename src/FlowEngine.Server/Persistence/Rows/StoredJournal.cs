namespace FlowEngine.Server.Persistence.Rows;

/// <summary>The journal of one burst of a run; readers fold bursts into single records.</summary>
public sealed class StoredJournal
{
    public Guid Id { get; set; }

    public Guid InstanceId { get; set; }

    public DateTimeOffset At { get; set; }

    public required byte[] Json { get; set; }
}
