namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>What is due, the calling mark, and what a dead process left.</summary>
internal static class DueSql
{
    internal const string DueMailboxesSql =
        """
        SELECT mailbox_id FROM (
          SELECT mailbox_id FROM mailbox_event WHERE state = 0 AND mailbox_id IS NOT NULL
          UNION SELECT mailbox_id FROM bookmark WHERE due_at <= ?1
          UNION SELECT conversation_id FROM message INDEXED BY ix_message_wake WHERE wake_at <= ?1 AND state IN (1, 2, 3, 4))
        ORDER BY mailbox_id LIMIT ?2
        """;

    internal const string NextDueSql =
        """
        SELECT min(at) FROM (
          SELECT min(due_at) AS at FROM bookmark WHERE due_at > ?1
          UNION ALL SELECT min(wake_at) FROM message INDEXED BY ix_message_wake WHERE wake_at > ?1 AND state IN (1, 2, 3, 4))
        """;

    private const string MarkCallingSql = "UPDATE message SET state = 3 WHERE id = ? AND state = 2 AND attempt = ?";

    // In this order: what is requeued was Released, and what was Calling may have reached the provider.
    private const string RequeueSql = "UPDATE message SET state = 1, wake_at = ?, deadline = NULL WHERE state = 2";

    private const string DoubtSql = "UPDATE message SET state = 4, wake_at = ? WHERE state = 3";

    // While nobody listened no status could come: the wait of those that were in doubt already begins anew.
    private const string LongerDoubtSql = "UPDATE message SET wake_at = ? WHERE state = 4 AND wake_at < ?";

    private const string DropLeasesSql = "UPDATE mailbox SET lease_node = NULL WHERE lease_node IS NOT NULL";

    public static List<Guid> Mailboxes(Session session, DateTimeOffset now, int limit) => session.Prepare(DueMailboxesSql).Bind(now).Bind(limit).All(row => row.Id());

    public static DateTimeOffset? Next(Session session, DateTimeOffset now) => session.Prepare(NextDueSql).Bind(now).First(row => row.InstantOrNull());

    public static bool MarkCalling(Session session, Guid message, int attempt) => session.Prepare(MarkCallingSql).Bind(message).Bind(attempt).Run() == 1;

    public static (int Requeued, int Unknown) Recover(Session session, DateTimeOffset now, DateTimeOffset unknownUntil)
    {
        session.Prepare(DropLeasesSql).Run();
        TaskSql.Free(session);
        session.Prepare(LongerDoubtSql).Bind(unknownUntil).Bind(unknownUntil).Run();
        return (session.Prepare(RequeueSql).Bind(now).Run(), session.Prepare(DoubtSql).Bind(unknownUntil).Run());
    }
}
