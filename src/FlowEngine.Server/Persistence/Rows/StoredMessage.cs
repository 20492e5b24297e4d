using FlowEngine.Conversations;

namespace FlowEngine.Server.Persistence.Rows;

/// <summary>All of a <see cref="Message"/> as columns. Written only by the turn store.</summary>
public sealed class StoredMessage
{
    public Guid Id { get; set; }

    public Guid ConversationId { get; set; }

    public int Episode { get; set; }

    public long Order { get; set; }

    public MessageDirection Direction { get; set; }

    public AuthorKind Author { get; set; }

    public string? AuthorId { get; set; }

    public string? AuthorName { get; set; }

    /// <summary>JSON in the database.</summary>
    public required MessageContent Content { get; set; }

    public DateTimeOffset At { get; set; }

    public string? ProviderId { get; set; }

    public MessageState State { get; set; }

    public long Epoch { get; set; }

    public bool LastWords { get; set; }

    public bool Intervention { get; set; }

    public Guid? InstanceId { get; set; }

    public string? ActivityId { get; set; }

    public WhenUnknown WhenUnknown { get; set; }

    public int Attempt { get; set; }

    public int AttemptsBefore { get; set; }

    public DateTimeOffset? Deadline { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    /// <summary>JSON in the database.</summary>
    public SendError? Error { get; set; }

    public DateTimeOffset? SettledAt { get; set; }
}
