using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Messages to and from their table.</summary>
internal static class MessageSql
{
    private const string Columns = MessageColumns.All;

    // The calling mark is written beside the turns: one that saw the message before its mark must not take it back (3 = Calling, 2 = Released).
    private const string UpdateSql =
        """
        UPDATE message SET state = CASE WHEN state = 3 AND attempt = ?6 AND ?1 = 2 THEN 3 ELSE ?1 END,
          provider_id = ?2, epoch = ?3, last_words = ?4, intervention = ?5, attempt = ?6, attempts_before = ?7, deadline = ?8, wake_at = ?9, error = ?10, settled_at = ?11
        WHERE id = ?12
        """;

    internal const string OwedSql = $"SELECT {Columns} FROM message WHERE conversation_id = ? AND state IN (1, 2, 3, 4) ORDER BY order_number";

    internal const string SpokenOfSql =
        $"""
        SELECT {Columns} FROM message WHERE state NOT IN (1, 2, 3, 4) AND id IN (
          SELECT message_id FROM mailbox_event WHERE mailbox_id = ? AND state = 0 AND message_id IS NOT NULL ORDER BY seq LIMIT ?)
        ORDER BY order_number
        """;

    internal const string NewestSql =
        $"SELECT {Columns} FROM message WHERE conversation_id = ? AND episode = ? AND direction <> 2 ORDER BY order_number DESC LIMIT ?";

    internal const string FindSql = $"SELECT {Columns} FROM message WHERE id = ?";

    internal const string UnheardSql =
        $"SELECT {Columns} FROM message WHERE conversation_id = ? AND order_number >= ? AND direction = 0 ORDER BY order_number LIMIT ?";

    // An orphan is a status that overtook our record of the send; now it has its message and a mailbox.
    internal const string AttachOrphansSql =
        """
        UPDATE mailbox_event SET mailbox_id = ?1, message_id = ?2
        WHERE mailbox_id IS NULL AND state = 0 AND ref_provider_id = ?3 AND ref_connection = (SELECT connection FROM conversation WHERE id = ?1)
        """;

    public static void Insert(Session session, Message message)
    {
        MessageColumns.Bind(session.Prepare(MessageColumns.InsertSql), message).Run();
        AttachOrphans(session, message);
    }

    public static void Update(Session session, Message message)
    {
        MessageColumns.BindMutable(session.Prepare(UpdateSql), message).Bind(message.Id).Run();
        AttachOrphans(session, message);
    }

    /// <summary>Queued, Released, Calling and Unknown ones.</summary>
    public static List<Message> Owed(Session session, Guid conversation) => session.Prepare(OwedSql).Bind(conversation).All(MessageColumns.Read);

    /// <summary>Others that pending events speak of.</summary>
    public static List<Message> SpokenOf(Session session, Guid mailbox, int limit) => session.Prepare(SpokenOfSql).Bind(mailbox).Bind(limit).All(MessageColumns.Read);

    /// <summary>The newest of an episode without notes, oldest first.</summary>
    public static List<Message> Newest(Session session, Guid conversation, int episode, int limit)
    {
        var newest = session.Prepare(NewestSql).Bind(conversation).Bind(episode).Bind(limit).All(MessageColumns.Read);
        newest.Reverse();
        return newest;
    }

    /// <summary>Those that the open problems are about; few or none.</summary>
    public static List<Message> Troubled(Session session, Conversation conversation) =>
        [.. TurnLoad.TroubledMessages(conversation).Select(id => session.Prepare(FindSql).Bind(id).First(MessageColumns.Read)).OfType<Message>()];

    /// <summary>Lead messages from an order number on, the oldest first.</summary>
    public static List<Message> Unheard(Session session, Guid conversation, long from, int limit) =>
        session.Prepare(UnheardSql).Bind(conversation).Bind(from).Bind(limit).All(MessageColumns.Read);

    private static void AttachOrphans(Session session, Message message)
    {
        if (message.ProviderId is not null)
        {
            session.Prepare(AttachOrphansSql).Bind(message.ConversationId).Bind(message.Id).Bind(message.ProviderId).Run();
        }
    }
}
