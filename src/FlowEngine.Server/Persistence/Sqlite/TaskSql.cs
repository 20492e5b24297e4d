using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Work outside of a turn: written with the turn, taken and renewed by its workers.</summary>
internal static class TaskSql
{
    private const string AddSql =
        """
        INSERT INTO external_task (id, mailbox_id, instance_id, bookmark_id, kind, epoch, payload, state, attempts, created_at, deadline)
        VALUES (?,?,?,?,?,?,?,0,0,?,?)
        """;

    private const string DropSql = "DELETE FROM external_task WHERE instance_id = ? AND bookmark_id = ?";

    private const string StaleSql = "UPDATE external_task SET state = 1 WHERE instance_id = ? AND bookmark_id = ?";

    private const string TakeSql =
        """
        UPDATE external_task SET taken_by = ?1, taken_until = ?3, attempts = attempts + 1
        WHERE id IN (SELECT id FROM external_task WHERE state = 0 AND (taken_until IS NULL OR taken_until <= ?2) ORDER BY created_at, id LIMIT ?4)
        RETURNING id, mailbox_id, instance_id, bookmark_id, kind, epoch, payload, created_at, deadline, attempts
        """;

    internal const string KeepSql = "UPDATE external_task SET taken_until = ?3 WHERE id = ?2 AND taken_by = ?1";

    private const string DropStaleSql = "DELETE FROM external_task WHERE state = 1";

    private const string FreeSql = "UPDATE external_task SET taken_by = NULL, taken_until = NULL WHERE taken_by IS NOT NULL";

    private const string HandedBackSql =
        "SELECT at FROM history WHERE conversation_id = ? AND kind = 'released' AND to_owner_kind IN (0, 1) ORDER BY seq DESC LIMIT 1";

    public static void Write(Session session, Checkpoint checkpoint)
    {
        foreach (var end in checkpoint.TasksEnded)
        {
            session.Prepare(end.Stale ? StaleSql : DropSql).Bind(end.Instance).Bind(end.Bookmark).Run();
        }

        foreach (var task in checkpoint.TasksAdded)
        {
            session.Prepare(AddSql)
                .Bind(task.Id).Bind(task.Mailbox).Bind(task.Instance).Bind(task.Bookmark).Bind(task.Kind).Bind(task.Epoch).Bind(task.Payload)
                .Bind(task.CreatedAt).Bind(task.Deadline)
                .Run();
        }
    }

    public static IReadOnlyList<TakenTask> Take(Session session, string by, DateTimeOffset now, DateTimeOffset until, int limit) =>
        [.. session.Prepare(TakeSql).Bind(by).Bind(now).Bind(until).Bind(limit).All(Read).OrderBy(t => t.Task.CreatedAt).ThenBy(t => t.Task.Id)];

    public static IReadOnlyList<Guid> Keep(Session session, string by, IReadOnlyList<Guid> tasks, DateTimeOffset until) =>
        [.. tasks.Where(id => session.Prepare(KeepSql).Bind(by).Bind(id).Bind(until).Run() == 1)];

    /// <summary>One process per file: what was taken, was taken by a dead one (decision 10).</summary>
    public static void Free(Session session)
    {
        session.Prepare(DropStaleSql).Run();
        session.Prepare(FreeSql).Run();
    }

    public static ThreadRead? Thread(Session session, Guid mailbox, int messages)
    {
        if (ConversationSql.Load(session, mailbox)?.Conversation is not { } conversation)
        {
            return null;
        }

        var handedBack = session.Prepare(HandedBackSql).Bind(mailbox).All(row => row.Instant());
        return new ThreadRead(
            conversation, PersonFinder.Load(session, conversation.ContactId), MessageSql.Newest(session, mailbox, conversation.Episode, messages),
            handedBack.Count > 0 ? handedBack[0] : null);
    }

    private static TakenTask Read(Statement row) => new(
        new ExternalTask(row.Id(), row.Id(), row.Id(), row.Text(), row.Text(), row.Number(), row.Bytes(), row.Instant(), row.Instant()), row.Int());
}
