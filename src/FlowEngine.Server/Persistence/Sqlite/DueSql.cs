using FlowEngine.Engine;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>What is due, the calling mark, and what a dead process left.</summary>
internal static class DueSql
{
    internal const string DueMailboxesSql =
        """
        SELECT d.mailbox_id FROM (
          SELECT mailbox_id FROM mailbox_event WHERE state = 0 AND mailbox_id IS NOT NULL
          UNION SELECT mailbox_id FROM bookmark WHERE due_at <= ?1
          UNION SELECT conversation_id FROM message INDEXED BY ix_message_wake WHERE wake_at <= ?1 AND state IN (1, 2, 3, 4)) d
        JOIN mailbox m ON m.id = d.mailbox_id
        WHERE m.lease_node IS NULL OR m.lease_node = ?2
        ORDER BY d.mailbox_id LIMIT ?3
        """;

    internal const string NextDueSql =
        """
        SELECT min(at) FROM (
          SELECT * FROM (
            SELECT b.due_at AS at FROM bookmark b INDEXED BY ix_bookmark_due CROSS JOIN mailbox m ON m.id = b.mailbox_id
            WHERE b.due_at > ?1 AND (m.lease_node IS NULL OR m.lease_node = ?2) ORDER BY b.due_at LIMIT 1)
          UNION ALL SELECT * FROM (
            SELECT o.wake_at FROM message o INDEXED BY ix_message_wake CROSS JOIN mailbox m ON m.id = o.conversation_id
            WHERE o.wake_at > ?1 AND o.state IN (1, 2, 3, 4) AND (m.lease_node IS NULL OR m.lease_node = ?2) ORDER BY o.wake_at LIMIT 1))
        """;

    private const string MarkCallingSql = "UPDATE message SET state = 3 WHERE id = ? AND state = 2 AND attempt = ?";

    private const string HeartbeatSql = "INSERT INTO node (id, seen_at) VALUES (?,?) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at";

    private const string BuryTheDeadSql = "DELETE FROM node WHERE seen_at < ? AND id <> ?";

    private const string OfTheDead = "(SELECT id FROM mailbox WHERE lease_node <> ?1 AND lease_node NOT IN (SELECT id FROM node))";

    // In this order: what is requeued was Released, and what was Calling may have reached the provider. The mailboxes last, since the others ask for them.
    private const string RequeueSql = $"UPDATE message SET state = 1, wake_at = ?2, deadline = NULL WHERE state = 2 AND conversation_id IN {OfTheDead}";

    private const string DoubtSql = $"UPDATE message SET state = 4, wake_at = max(?2, coalesce(deadline, 0)) WHERE state = 3 AND conversation_id IN {OfTheDead}";

    // The version grows, so that a turn which a stalled node decided before cannot be written any more.
    private const string TakeSql = $"UPDATE mailbox SET version = version + 1, lease_node = ?1 WHERE id IN {OfTheDead}";

    private const string GiveBackSql =
        "UPDATE mailbox SET lease_node = NULL WHERE lease_node = ?1 AND id NOT IN (SELECT conversation_id FROM message WHERE state IN (2, 3))";

    private const string ForgetSql = "DELETE FROM node WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM mailbox WHERE lease_node = ?1)";

    // While nobody listened no status could come: the wait of those that were in doubt already begins anew.
    private const string LongerDoubtSql = "UPDATE message SET wake_at = ?1 WHERE state = 4 AND wake_at < ?1";

    public static List<Guid> Mailboxes(Session session, NodeId node, DateTimeOffset now, int limit) =>
        session.Prepare(DueMailboxesSql).Bind(now).Bind(node.Value).Bind(limit).All(row => row.Id());

    public static DateTimeOffset? Next(Session session, NodeId node, DateTimeOffset now) =>
        session.Prepare(NextDueSql).Bind(now).Bind(node.Value).First(row => row.InstantOrNull());

    public static bool MarkCalling(Session session, Guid message, int attempt) => session.Prepare(MarkCallingSql).Bind(message).Bind(attempt).Run() == 1;

    public static bool Heartbeat(Session session, NodeId node, DateTimeOffset now) => session.Prepare(HeartbeatSql).Bind(node.Value).Bind(now).Run() == 1;

    /// <summary>Gives back what is not at the provider; when nothing is left the node is forgotten.</summary>
    public static bool StandDown(Session session, NodeId node)
    {
        session.Prepare(GiveBackSql).Bind(node.Value).Run();
        return session.Prepare(ForgetSql).Bind(node.Value).Run() == 1;
    }

    /// <param name="deadBefore">Nodes whose last heartbeat is older are dead.</param>
    /// <param name="first">The process's first call.</param>
    public static (int Requeued, int Unknown) TakeOver(
        Session session, NodeId node, DateTimeOffset now, DateTimeOffset deadBefore, DateTimeOffset unknownUntil, bool first)
    {
        if (session.Prepare(BuryTheDeadSql).Bind(deadBefore).Bind(node.Value).Run() == 0 && !first)
        {
            return default;
        }

        TaskSql.Free(session, node);
        if (first)
        {
            session.Prepare(LongerDoubtSql).Bind(unknownUntil).Run();
        }

        var requeued = session.Prepare(RequeueSql).Bind(node.Value).Bind(now).Run();
        var unknown = session.Prepare(DoubtSql).Bind(node.Value).Bind(unknownUntil).Run();
        session.Prepare(TakeSql).Bind(node.Value).Run();
        return (requeued, unknown);
    }
}
