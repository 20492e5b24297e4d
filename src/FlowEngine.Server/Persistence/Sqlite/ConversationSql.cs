using System.Collections.Immutable;
using System.Text.Json;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>A conversation with its mailbox's version, as one load needs them.</summary>
internal sealed record LoadedConversation(Conversation Conversation, long MailboxVersion, long LastLeadOrder);

/// <summary>Conversations to and from their table, with their labels and episodes.</summary>
internal static class ConversationSql
{
    private const string Changing =
        """
        lifecycle, episode, owner_kind, owner_id, owner_name, epoch, version, stage, responsible_id, responsible_name, department, lead_wrote,
        automation_wrote, unanswered_since, human_wait_since, window_until, flow_instance, problems, blocking_problems, problem_category, fields, source,
        unread, next_order, preview, last_activity_at, finished_at, finished_by, finish_reason
        """;

    private const string Marks = "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?";

    private const string InsertSql = $"INSERT INTO conversation ({Changing}, id, connection, contact_id, created_at) VALUES ({Marks},?,?,?,?)";

    private const string UpdateSql = $"UPDATE conversation SET ({Changing}) = ({Marks}) WHERE id = ?";

    internal const string LoadSql =
        $"""
        SELECT {Changing}, id, connection, contact_id, created_at,
          (SELECT json_group_array(label) FROM conversation_label l WHERE l.conversation_id = conversation.id),
          (SELECT m.version FROM mailbox m WHERE m.id = conversation.id),
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
        BindChanging(session.Prepare(InsertSql), conversation)
            .Bind(conversation.Id).Bind(conversation.Connection).Bind(conversation.ContactId).Bind(conversation.CreatedAt).Run();
        session.Prepare(InsertMailboxSql).Bind(conversation.Id).Run();
        WriteEpisode(session, conversation, conversation.CreatedAt);
    }

    public static void Update(Session session, Conversation conversation, DateTimeOffset now)
    {
        BindChanging(session.Prepare(UpdateSql), conversation).Bind(conversation.Id).Run();
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

    private static Statement BindChanging(Statement statement, Conversation c) => statement
        .Bind((int)c.Lifecycle).Bind(c.Episode).Bind((int)c.Owner.Kind).Bind(c.Owner.Id).Bind(c.Owner.Name).Bind(c.Epoch).Bind(c.Version).Bind((int)c.Stage)
        .Bind(c.ResponsibleId).Bind(c.ResponsibleName).Bind(c.Department).Bind(c.LeadWrote).Bind(c.AutomationWrote)
        .Bind(c.UnansweredSince).Bind(c.HumanWaitSince).Bind(c.WindowUntil).Bind(c.FlowInstance)
        .BindText(JsonSerializer.SerializeToUtf8Bytes(c.Problems, StoredJson.Plain.ImmutableArrayProblem))
        .Bind(c.Problems.Count(p => p.Blocking)).Bind(c.Problems.FirstOrDefault(p => p.Blocking)?.Category)
        .BindText(JsonSerializer.SerializeToUtf8Bytes(c.Fields, StoredJson.Plain.ImmutableSortedDictionaryStringString))
        .Bind(c.Source).Bind(c.Unread).Bind(c.NextOrder).Bind(c.Preview).Bind(c.LastActivityAt).Bind(c.FinishedAt).Bind(c.FinishedBy).Bind(c.FinishReason);

    private static LoadedConversation Read(Statement row)
    {
        var conversation = new Conversation
        {
            Lifecycle = (Lifecycle)row.Int(),
            Episode = row.Int(),
            Owner = new Owner((OwnerKind)row.Int(), row.TextOrNull(), row.TextOrNull()),
            Epoch = row.Number(),
            Version = row.Number(),
            Stage = (Stage)row.Int(),
            ResponsibleId = row.IdOrNull(),
            ResponsibleName = row.TextOrNull(),
            Department = row.TextOrNull(),
            LeadWrote = row.Flag(),
            AutomationWrote = row.Flag(),
            UnansweredSince = row.InstantOrNull(),
            HumanWaitSince = row.InstantOrNull(),
            WindowUntil = row.InstantOrNull(),
            FlowInstance = row.IdOrNull(),
            Problems = ReadProblems(row),
            Fields = JsonSerializer.Deserialize(row.Utf8(), StoredJson.Plain.ImmutableSortedDictionaryStringString)!,
            Source = row.Text(),
            Unread = row.Int(),
            NextOrder = row.Number(),
            Preview = row.TextOrNull(),
            LastActivityAt = row.Instant(),
            FinishedAt = row.InstantOrNull(),
            FinishedBy = row.TextOrNull(),
            FinishReason = row.TextOrNull(),
            Id = row.Id(),
            Connection = row.Text(),
            ContactId = row.Id(),
            CreatedAt = row.Instant(),
            Labels = [.. JsonSerializer.Deserialize(row.Utf8(), StoredJson.Plain.IReadOnlyCollectionString)!],
        };
        return new LoadedConversation(conversation, row.Number(), row.NumberOrNull() ?? 0);
    }

    private static ImmutableArray<Problem> ReadProblems(Statement row)
    {
        var problems = JsonSerializer.Deserialize(row.Utf8(), StoredJson.Plain.ImmutableArrayProblem);
        _ = row.Int();
        _ = row.TextOrNull();
        return problems;
    }
}
