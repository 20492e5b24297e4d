namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>What is due, the calling mark, and who lives.</summary>
internal static class DueSql
{
    private const string Mine = "(m.lease_node IS NULL OR m.lease_node = $2)";

    internal const string MailboxesSql =
        $"""
        SELECT d.id FROM (
          SELECT mailbox_id AS id FROM mailbox_event WHERE state = 0 AND mailbox_id IS NOT NULL
          UNION SELECT mailbox_id FROM bookmark WHERE due_at <= $1
          UNION SELECT conversation_id FROM message WHERE owed AND wake_at <= $1) d
        JOIN mailbox m ON m.id = d.id WHERE {Mine} ORDER BY d.id LIMIT $3
        """;

    internal const string NextSql =
        $"""
        SELECT least(
          (SELECT b.due_at FROM bookmark b JOIN mailbox m ON m.id = b.mailbox_id WHERE b.due_at > $1 AND {Mine} ORDER BY b.due_at LIMIT 1),
          (SELECT o.wake_at FROM message o JOIN mailbox m ON m.id = o.conversation_id WHERE o.owed AND o.wake_at > $1 AND {Mine} ORDER BY o.wake_at LIMIT 1))
        """;

    /// <summary>The last condition is always true; it lets this transaction end without waiting for the disk (decision 11).</summary>
    internal const string MarkCallingSql =
        "UPDATE message SET state = 3 WHERE id = $1 AND state = 2 AND attempt = $2 AND set_config('synchronous_commit', 'off', true) = 'off' RETURNING id";

    internal const string HeartbeatSql =
        """
        INSERT INTO node (id, seen_at) SELECT $1, $2 WHERE set_config('synchronous_commit', 'off', true) = 'off'
        ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
        """;

    internal const string TakeOverSql = "SELECT requeued, doubted FROM fe_take_over($1,$2,$3,$4,$5)";

    internal const string StandDownSql = "SELECT fe_stand_down($1)";

    internal const string OutcomeSql = "SELECT result FROM mailbox_event WHERE id = $1";

    internal const string HolderSql = "SELECT c.instance_id FROM run_claim c JOIN mailbox m ON m.id = c.instance_id WHERE c.claim = $1";

    internal const string DeliverKeptSql = "SELECT fe_deliver_kept($1,$2)";

    internal const string RunSql = $"SELECT {Columns.RunColumns.All} FROM instance WHERE id = $1";
}
