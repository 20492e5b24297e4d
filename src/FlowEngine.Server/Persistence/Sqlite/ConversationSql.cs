using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Server.Persistence.Columns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>A conversation with its mailbox's version and lease, as one load needs them.</summary>
internal sealed record LoadedConversation(Conversation Conversation, long MailboxVersion, string? LeaseNode, long LastLeadOrder);

/// <summary>Conversations to and from their table, with their labels and episodes.</summary>
internal static class ConversationSql
{
    private const string Changing = ConversationColumns.Changing;

    private const string Marks = ConversationColumns.Marks;

    private const string InsertSql = $"INSERT INTO conversation ({Changing}, id, connection, contact_id, created_at) VALUES ({Marks},?,?,?,?)";

    private const string UpdateSql = $"UPDATE conversation SET ({Changing}) = ({Marks}) WHERE id = ?";

    internal const string LoadSql =
        $"""
        SELECT {Changing}, id, connection, contact_id, created_at,
          (SELECT json_group_array(label) FROM conversation_label l WHERE l.conversation_id = conversation.id),
          (SELECT m.version FROM mailbox m WHERE m.id = conversation.id),
          (SELECT m.lease_node FROM mailbox m WHERE m.id = conversation.id),
          (SELECT order_number FROM message m WHERE m.conversation_id = conversation.id AND m.direction = 0 ORDER BY m.order_number DESC LIMIT 1)
        FROM conversation WHERE id = ?
        """;

    private const string InsertMailboxSql = "INSERT INTO mailbox (id, kind, version) VALUES (?, 0, 0)";

    private const string DropLabelsSql = "DELETE FROM conversation_label WHERE conversation_id = ?1 AND label NOT IN (SELECT value FROM json_each(?2))";

    private const string AddLabelsSql = "INSERT INTO conversation_label (conversation_id, label) SELECT ?1, value FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING";

    private const string EpisodeSql =
        """
        INSERT INTO episode (conversation_id, number, started_at, finished_at, finished_by, finish_reason, responsible_id, responsible_name, department)
        VALUES (?,?,?,?,?,?,?,?,?)
        ON CONFLICT (conversation_id, number) DO UPDATE SET finished_at = excluded.finished_at, finished_by = excluded.finished_by,
          finish_reason = excluded.finish_reason, responsible_id = excluded.responsible_id, responsible_name = excluded.responsible_name,
          department = excluded.department
        WHERE finished_at IS NOT excluded.finished_at
        """;

    public static void Insert(Session session, Conversation conversation)
    {
        ConversationColumns.Bind(session.Prepare(InsertSql), conversation)
            .Bind(conversation.Id).Bind(conversation.Connection).Bind(conversation.ContactId).Bind(conversation.CreatedAt).Run();
        session.Prepare(InsertMailboxSql).Bind(conversation.Id).Run();
        WriteEpisode(session, conversation, conversation.CreatedAt);
    }

    public static void Update(Session session, Conversation conversation, DateTimeOffset now)
    {
        ConversationColumns.Bind(session.Prepare(UpdateSql), conversation).Bind(conversation.Id).Run();
        WriteLabels(session, conversation);
        WriteEpisode(session, conversation, now);
    }

    public static LoadedConversation? Load(Session session, Guid id) => session.Prepare(LoadSql).Bind(id).First(Read);

    private static void WriteLabels(Session session, Conversation conversation)
    {
        var labels = JsonSerializer.SerializeToUtf8Bytes(conversation.Labels, StoredJson.Plain.IReadOnlyCollectionString);
        session.Prepare(DropLabelsSql).Bind(conversation.Id).BindText(labels).Run();
        if (!conversation.Labels.IsEmpty)
        {
            session.Prepare(AddLabelsSql).Bind(conversation.Id).BindText(labels).Run();
        }
    }

    /// <summary>Makes the row at the first commit of an episode and says how it ended at its last one.</summary>
    private static void WriteEpisode(Session session, Conversation conversation, DateTimeOffset startedAt) => session.Prepare(EpisodeSql)
        .Bind(conversation.Id).Bind(conversation.Episode).Bind(startedAt)
        .Bind(conversation.Lifecycle == Lifecycle.Finished ? conversation.FinishedAt : null).Bind(conversation.FinishedBy).Bind(conversation.FinishReason)
        .Bind(conversation.ResponsibleId).Bind(conversation.ResponsibleName).Bind(conversation.Department)
        .Run();

    private static LoadedConversation Read(Statement row) => new(ConversationColumns.Read(row), row.Number(), row.TextOrNull(), row.NumberOrNull() ?? 0);
}
