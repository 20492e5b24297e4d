using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

/// <summary>One mailbox's part of the <see cref="MemoryTurnStore"/>.</summary>
/// <param name="conversation">Null for a run that has none.</param>
internal sealed class MemoryMailbox(Guid id, Conversation? conversation)
{
    private Conversation? conversation = conversation;

    public Guid Id => id;

    public Conversation Conversation
    {
        get => conversation ?? throw new InvalidOperationException("A run's mailbox has no conversation.");
        set => conversation = value;
    }

    public bool IsRun => conversation is null;

    public long Version { get; set; }

    /// <summary>The node that turns it; null while it has nothing to do.</summary>
    public string? Lease { get; set; }

    public Dictionary<Guid, Message> Messages { get; } = [];

    /// <summary>By number of arrival.</summary>
    public SortedList<long, MemoryEvent> Pending { get; } = [];

    public List<HistoryEntry> History { get; } = [];
}

internal sealed class MemoryEvent(long seq, NewEvent source, Guid mailbox, Guid? messageId, DateTimeOffset receivedAt)
{
    public long Seq => seq;

    public NewEvent Source => source;

    public DateTimeOffset ReceivedAt => receivedAt;

    /// <summary>Empty while it is an orphan.</summary>
    public Guid Mailbox { get; set; } = mailbox;

    public Guid? MessageId { get; set; } = messageId;

    public int Attempts { get; set; }

    public bool Dead { get; set; }

    public string? Result { get; set; }

    public PendingEvent ToPending() => new(source.Id, source.Event, receivedAt, Attempts, MessageId);
}
