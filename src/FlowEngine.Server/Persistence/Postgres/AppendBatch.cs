using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>Stores events in their mailboxes (commit 1); the server finds the mailbox, and makes it where it is new.</summary>
internal static class AppendBatch
{
    internal const string Sql =
        "SELECT status, event, mailbox, elsewhere, 0 FROM fe_append_event($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)";

    internal const string BeginRunSql = "SELECT status, event, mailbox, elsewhere, 0 FROM fe_begin_run($1,$2,$3,$4,$5,$6,$7)";

    internal const string SignalSql = "SELECT status, event, mailbox, elsewhere, others FROM fe_signal_all($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)";

    /// <summary>What this transaction writes becomes durable with the next one that waits for the disk: the log is written in order.</summary>
    internal const string AheadSql = "SELECT set_config('synchronous_commit', 'off', true)";

    /// <summary>A transaction that writes nothing would not wait for the disk.</summary>
    internal const string TouchSql = "UPDATE mailbox_event SET attempts = attempts WHERE id = $1 OR dedupe_key = $2";

    /// <param name="node">Takes the lease where nobody holds it; null when this node turns nothing.</param>
    public static void Add(Batch batch, NodeId? node, Ids ids, NewEvent added, DateTimeOffset now)
    {
        if (added.NewRun is { } run)
        {
            Bind(batch.Add(BeginRunSql), node, added, now).Bind(run);
            return;
        }

        if (added.Signal is { } signal)
        {
            Bind(batch.Add(SignalSql), node, added, now).Bind(signal.Hash).Bind(signal.CorrelationId).Bind(signal.Instance).Bind(signal.KeepUntil);
            return;
        }

        var (reference, address) = (added.Reference, added.Address);
        Bind(batch.Add(Sql), node, added, now)
            .Bind(added.ConversationId).Bind(reference?.Connection).Bind(reference?.MessageId).Bind(reference?.ProviderId)
            .Bind(address?.Connection).Bind(address?.Portfolio).Bind(address?.Aliases.Select(a => a.Kind).ToArray()).Bind(address?.Aliases.Select(a => a.Value).ToArray())
            .Bind(address?.Candidates.Select(a => a.Value).ToArray()).Bind(address?.Name).Bind(address?.Create ?? false)
            .Bind(address is null ? (Guid?)null : ids.Next()).Bind(address is null ? (Guid?)null : ids.Next());
    }

    /// <summary>A key that is known by this very event was stored by an earlier try whose answer was lost.</summary>
    public static AppendResult Read(Rows row, NewEvent added)
    {
        var (status, id, mailbox, elsewhere, others) = ((AppendStatus)row.Int(), row.Id(), row.IdOrNull() ?? Guid.Empty, row.Flag(), row.Int());
        return status == AppendStatus.Duplicate && id == added.Id
            ? new AppendResult(mailbox == Guid.Empty ? AppendStatus.Orphan : AppendStatus.Appended, id, mailbox, elsewhere)
            : new AppendResult(status, id, mailbox, elsewhere, others);
    }

    private static Call Bind(Call call, NodeId? node, NewEvent added, DateTimeOffset now) =>
        call.Bind(node?.Value).Bind(now).Bind(added.Id).Bind(added.DedupeKey).Bind(TurnText.KindOf(added.Event)).Bind(TurnText.Write(added.Event));
}
