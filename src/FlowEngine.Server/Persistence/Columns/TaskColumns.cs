using FlowEngine.Engine.Tasks;

namespace FlowEngine.Server.Persistence.Columns;

/// <summary>Work outside of a turn, to and from its columns.</summary>
internal static class TaskColumns
{
    public const string AddSql =
        """
        INSERT INTO external_task (id, mailbox_id, instance_id, bookmark_id, kind, epoch, payload, state, attempts, created_at, deadline)
        VALUES (?,?,?,?,?,?,?,0,0,?,?)
        """;

    /// <summary>Of work that a person would get as a suggestion: what nobody has begun is of no use to anybody.</summary>
    public const string DropUntakenSql = "DELETE FROM external_task WHERE instance_id = ? AND bookmark_id = ? AND taken_by IS NULL";

    public const string DropSql = "DELETE FROM external_task WHERE instance_id = ? AND bookmark_id = ?";

    public const string StaleSql = "UPDATE external_task SET state = 1 WHERE instance_id = ? AND bookmark_id = ?";

    public const string HandedBackSql =
        "SELECT at FROM history WHERE conversation_id = ? AND kind = 'released' AND to_owner_kind IN (0, 1) ORDER BY seq DESC LIMIT 1";

    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Taken = "id, mailbox_id, instance_id, bookmark_id, kind, epoch, payload, created_at, deadline, attempts";

    public static T Bind<T>(T values, ExternalTask task)
        where T : IValues<T> => values
        .Bind(task.Id).Bind(task.Mailbox).Bind(task.Instance).Bind(task.Bookmark).Bind(task.Kind).Bind(task.Epoch).Bind(task.Payload).Bind(task.CreatedAt).Bind(task.Deadline);

    public static TakenTask Read<T>(T row)
        where T : IRow => new(
        new ExternalTask(row.Id(), row.Id(), row.Id(), row.Text(), row.Text(), row.Number(), row.Bytes(), row.Instant(), row.Instant()), row.Int());
}
