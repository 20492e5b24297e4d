using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Runs of flows, where they wait, and their journal.</summary>
internal static class RunSql
{
    private const string Columns =
        """
        id, definition_id, version_id, version, conversation_id, status, sub_status, correlation_id, name, incident_count, created_at, updated_at, finished_at, state
        """;

    private const string UpsertSql =
        $"""
        INSERT INTO instance ({Columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        ON CONFLICT (id) DO UPDATE SET definition_id = excluded.definition_id, version_id = excluded.version_id, version = excluded.version,
          status = excluded.status, sub_status = excluded.sub_status, correlation_id = excluded.correlation_id, name = excluded.name,
          incident_count = excluded.incident_count, updated_at = excluded.updated_at, finished_at = excluded.finished_at, state = excluded.state
        """;

    private const string FindSql = $"SELECT {Columns} FROM instance WHERE id = ?";

    private const string DropBookmarkSql = "DELETE FROM bookmark WHERE instance_id = ? AND bookmark_id = ?";

    private const string AddBookmarkSql =
        """
        INSERT INTO bookmark (instance_id, bookmark_id, name, hash, mailbox_id, correlation_id, due_at) VALUES (?,?,?,?,?,?,?)
        ON CONFLICT (instance_id, bookmark_id) DO UPDATE SET name = excluded.name, hash = excluded.hash, mailbox_id = excluded.mailbox_id,
          correlation_id = excluded.correlation_id, due_at = excluded.due_at
        """;

    internal const string DueTimersSql =
        "SELECT instance_id, bookmark_id, due_at FROM bookmark WHERE instance_id = ? AND due_at <= ? ORDER BY due_at, bookmark_id";

    private const string JournalSql = "INSERT INTO journal (id, instance_id, at, json) VALUES (?,?,?,?)";

    public static InstanceRecord? Find(Session session, Guid id) => session.Prepare(FindSql).Bind(id).First(Read);

    public static List<TimerRecord> DueTimers(Session session, Guid instance, DateTimeOffset now) => session.Prepare(DueTimersSql).Bind(instance).Bind(now)
        .All(row => new TimerRecord(row.Id(), row.Text(), row.Instant()));

    /// <summary>Bookmarks are removed before they are added: one that is armed anew is both.</summary>
    public static void Write(Session session, Checkpoint checkpoint)
    {
        foreach (var i in checkpoint.Instances)
        {
            session.Prepare(UpsertSql)
                .Bind(i.Id).Bind(i.DefinitionId).Bind(i.VersionId).Bind(i.Version).Bind(i.ConversationId).Bind(i.Status).Bind(i.SubStatus).Bind(i.CorrelationId)
                .Bind(i.Name).Bind(i.IncidentCount).Bind(i.CreatedAt).Bind(i.UpdatedAt).Bind(i.FinishedAt).Bind(i.State)
                .Run();
        }

        foreach (var (instance, bookmark) in checkpoint.BookmarksRemoved)
        {
            session.Prepare(DropBookmarkSql).Bind(instance).Bind(bookmark).Run();
        }

        foreach (var b in checkpoint.BookmarksAdded)
        {
            session.Prepare(AddBookmarkSql).Bind(b.Instance).Bind(b.Id).Bind(b.Name).Bind(b.Hash).Bind(b.Mailbox).Bind(b.CorrelationId).Bind(b.DueAt).Run();
        }

        foreach (var burst in checkpoint.Journal)
        {
            session.Prepare(JournalSql).Bind(burst.Id).Bind(burst.Instance).Bind(burst.At).Bind(burst.Json).Run();
        }
    }

    private static InstanceRecord Read(Statement row) => new()
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
