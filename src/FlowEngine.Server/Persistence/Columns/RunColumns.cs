using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Columns;

/// <summary>Runs, the rows they wait in, and their journal, to and from their columns.</summary>
internal static class RunColumns
{
    public const string All =
        """
        id, definition_id, version_id, version, conversation_id, status, sub_status, correlation_id, name, incident_count, created_at, updated_at, finished_at, state
        """;

    /// <summary>The same columns of a table by its short name.</summary>
    public static string Of(string table) => string.Join(", ", All.Split(',').Select(column => $"{table}.{column.Trim()}"));

    public const string UpsertSql =
        $"""
        INSERT INTO instance ({All}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        ON CONFLICT (id) DO UPDATE SET definition_id = excluded.definition_id, version_id = excluded.version_id, version = excluded.version,
          status = excluded.status, sub_status = excluded.sub_status, correlation_id = excluded.correlation_id, name = excluded.name,
          incident_count = excluded.incident_count, updated_at = excluded.updated_at, finished_at = excluded.finished_at, state = excluded.state
        """;

    public const string FindSql = $"SELECT {All} FROM instance WHERE id = ?";

    public const string DropBookmarkSql = "DELETE FROM bookmark WHERE instance_id = ? AND bookmark_id = ?";

    public const string AddBookmarkSql =
        """
        INSERT INTO bookmark (instance_id, bookmark_id, name, hash, mailbox_id, correlation_id, due_at, route) VALUES (?,?,?,?,?,?,?,?)
        ON CONFLICT (instance_id, bookmark_id) DO UPDATE SET name = excluded.name, hash = excluded.hash, mailbox_id = excluded.mailbox_id,
          correlation_id = excluded.correlation_id, due_at = excluded.due_at, route = excluded.route
        """;

    public const string FreeSql = "DELETE FROM run_claim WHERE instance_id = ?";

    public const string JournalSql = "INSERT INTO journal (id, instance_id, at, json) VALUES (?,?,?,?)";

    public static T Bind<T>(T values, InstanceRecord i)
        where T : IValues<T> => values
        .Bind(i.Id).Bind(i.DefinitionId).Bind(i.VersionId).Bind(i.Version).Bind(i.ConversationId).Bind(i.Status).Bind(i.SubStatus).Bind(i.CorrelationId)
        .Bind(i.Name).Bind(i.IncidentCount).Bind(i.CreatedAt).Bind(i.UpdatedAt).Bind(i.FinishedAt).Bind(i.State);

    public static T Bind<T>(T values, BookmarkRecord b)
        where T : IValues<T> => values.Bind(b.Instance).Bind(b.Id).Bind(b.Name).Bind(b.Hash).Bind(b.Mailbox).Bind(b.CorrelationId).Bind(b.DueAt).Bind(b.Route);

    public static T Bind<T>(T values, JournalBurst burst)
        where T : IValues<T> => values.Bind(burst.Id).Bind(burst.Instance).Bind(burst.At).Bind(burst.Json);

    public static InstanceRecord Read<T>(T row)
        where T : IRow => new()
        {
            Id = row.Id(),
            DefinitionId = row.Text(),
            VersionId = row.Text(),
            Version = row.Int(),
            ConversationId = row.IdOrNull(),
            Status = row.Int(),
            SubStatus = row.Int(),
            CorrelationId = row.TextOrNull(),
            Name = row.TextOrNull(),
            IncidentCount = row.Int(),
            CreatedAt = row.Instant(),
            UpdatedAt = row.Instant(),
            FinishedAt = row.InstantOrNull(),
            State = row.Bytes(),
        };
}
