namespace FlowEngine.Server.Persistence.Rows;

public enum HookState { Owed = 0, Delivered = 1, GivenUp = 2 }

/// <summary>An outgoing webhook call that is owed: at least once, in order of <see cref="Seq"/> per conversation and hook.</summary>
public sealed class StoredHookDelivery
{
    public long Seq { get; set; }

    public Guid Id { get; set; }

    /// <summary>Index of the webhook in the configuration.</summary>
    public int Hook { get; set; }

    public Guid ConversationId { get; set; }

    public required string Type { get; set; }

    public required byte[] Body { get; set; }

    public DateTimeOffset At { get; set; }

    public HookState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>Not before this instant; null means at once.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public string? LastError { get; set; }
}
