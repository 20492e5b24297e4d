using FlowEngine.Engine;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Work outside of a turn: written with the turn, taken and renewed by its workers.</summary>
internal static class TaskSql
{
    private const string TakeSql =
        $"""
        UPDATE external_task SET taken_by = ?1, taken_until = ?3, attempts = attempts + 1
        WHERE id IN (SELECT id FROM external_task WHERE state = 0 AND (taken_until IS NULL OR taken_until <= ?2) ORDER BY created_at, id LIMIT ?4)
        RETURNING {TaskColumns.Taken}
        """;

    internal const string KeepSql = "UPDATE external_task SET taken_until = ?3 WHERE id = ?2 AND taken_by = ?1";

    private const string OfTheDead = "taken_by IS NOT NULL AND taken_by <> ? AND taken_by NOT IN (SELECT id FROM node)";

    private const string DropStaleSql = $"DELETE FROM external_task WHERE state = 1 AND {OfTheDead}";

    private const string FreeSql = $"UPDATE external_task SET taken_by = NULL, taken_until = NULL WHERE {OfTheDead}";

    public static void Write(Session session, Checkpoint checkpoint)
    {
        foreach (var end in checkpoint.TasksEnded)
        {
            if (end.Stale)
            {
                session.Prepare(TaskColumns.DropUntakenSql).Bind(end.Instance).Bind(end.Bookmark).Run();
            }

            session.Prepare(end.Stale ? TaskColumns.StaleSql : TaskColumns.DropSql).Bind(end.Instance).Bind(end.Bookmark).Run();
        }

        foreach (var task in checkpoint.TasksAdded)
        {
            TaskColumns.Bind(session.Prepare(TaskColumns.AddSql), task).Run();
        }
    }

    public static IReadOnlyList<TakenTask> Take(Session session, string by, DateTimeOffset now, DateTimeOffset until, int limit) =>
        [.. session.Prepare(TakeSql).Bind(by).Bind(now).Bind(until).Bind(limit).All(TaskColumns.Read).OrderBy(t => t.Task.CreatedAt).ThenBy(t => t.Task.Id)];

    public static IReadOnlyList<Guid> Keep(Session session, string by, IReadOnlyList<Guid> tasks, DateTimeOffset until) =>
        [.. tasks.Where(id => session.Prepare(KeepSql).Bind(by).Bind(id).Bind(until).Run() == 1)];

    /// <summary>What dead nodes had taken may be taken again; what nobody wants of it any more goes.</summary>
    public static void Free(Session session, NodeId node)
    {
        session.Prepare(DropStaleSql).Bind(node.Value).Run();
        session.Prepare(FreeSql).Bind(node.Value).Run();
    }

    public static ThreadRead? Thread(Session session, Guid mailbox, int messages)
    {
        if (ConversationSql.Load(session, mailbox)?.Conversation is not { } conversation)
        {
            return null;
        }

        var handedBack = session.Prepare(TaskColumns.HandedBackSql).Bind(mailbox).All(row => row.Instant());
        return new ThreadRead(
            conversation, PersonFinder.Load(session, conversation.ContactId), MessageSql.Newest(session, mailbox, conversation.Episode, messages),
            handedBack.Count > 0 ? handedBack[0] : null);
    }
}
