namespace FlowEngine.Server.Persistence.Rows;

public enum MailboxKind { Conversation = 0, Instance = 1 }

/// <summary>
/// The one ordered queue of everything that happens to a conversation (decision 1). A conversation's mailbox has the conversation's
/// id. <see cref="Version"/> is the fence of the turn's commit.
/// </summary>
public sealed class StoredMailbox
{
    public Guid Id { get; set; }

    public MailboxKind Kind { get; set; }

    public long Version { get; set; }

    /// <summary>The node that turns it; null while it has nothing to do.</summary>
    public string? LeaseNode { get; set; }
}
