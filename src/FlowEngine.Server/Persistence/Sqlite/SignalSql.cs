using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Signals into the mailboxes of those that wait for them, and what is kept of them for those that will.</summary>
internal static class SignalSql
{
    internal const string AllSql = "SELECT DISTINCT instance_id, mailbox_id FROM bookmark WHERE hash = ?";

    internal const string CorrelatedSql = "SELECT DISTINCT instance_id, mailbox_id FROM bookmark WHERE hash = ? AND correlation_id = ?";

    private const string KeepSql =
        "INSERT INTO kept_signal (id, dedupe_key, hash, correlation_id, instance_id, kind, payload, keep_until) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING";

    private const string TakeSql =
        """
        DELETE FROM kept_signal WHERE id = (
          SELECT id FROM kept_signal WHERE hash = ?1 AND keep_until > ?4 AND (correlation_id IS NULL OR correlation_id = ?2) AND (instance_id IS NULL OR instance_id = ?3)
          ORDER BY id LIMIT 1)
        RETURNING id, dedupe_key, payload
        """;

    private const string AnySql = "SELECT 1 FROM kept_signal LIMIT 1";

    private const string DropOldSql = "DELETE FROM kept_signal WHERE keep_until <= ?";

    private const string MeetSql =
        "SELECT b.instance_id, b.bookmark_id, b.name, b.hash, b.mailbox_id, b.correlation_id, b.due_at FROM kept_signal s JOIN bookmark b ON b.hash = s.hash WHERE b.name = 'Elsa.Event' LIMIT 500";

    /// <summary>Into each mailbox where a run waits for it; kept when nobody does.</summary>
    public static AppendResult Give(Session session, PersonFinder people, NodeId? node, NewEvent signal, SignalTarget target, DateTimeOffset now)
    {
        var given = Waiting(session, target)
            .Select(f => AppendSql.Append(session, people, node, signal.For(people.NewId(), f.Instance, f.Mailbox), now))
            .Where(r => r.Status == AppendStatus.Appended)
            .ToList();
        if (given.Count > 0)
        {
            return given[0] with { Others = given.Count - 1 };
        }

        if (target.KeepUntil is not { } until)
        {
            return new AppendResult(AppendStatus.Unknown, signal.Id, Guid.Empty);
        }

        session.Prepare(KeepSql)
            .Bind(signal.Id).Bind(signal.DedupeKey).Bind(target.Hash).Bind(target.CorrelationId).Bind(target.Instance).Bind(TurnText.KindOf(signal.Event)).Bind(TurnText.Write(signal.Event)).Bind(until)
            .Run();
        return new AppendResult(AppendStatus.Kept, signal.Id, Guid.Empty);
    }

    /// <summary>A kept signal goes to the bookmark that it was kept for.</summary>
    public static bool GiveKept(Session session, PersonFinder people, NodeId? node, BookmarkRecord to, DateTimeOffset now)
    {
        var taken = session.Prepare(TakeSql).Bind(to.Hash).Bind(to.CorrelationId).Bind(to.Instance).Bind(now)
            .All(row => new NewEvent(row.Id(), row.Text(), TurnText.ReadEvent(row.Bytes())));
        taken.ForEach(t => AppendSql.Append(session, people, node, t.For(t.Id, to.Instance, to.Mailbox), now));
        return taken.Count > 0;
    }

    public static bool KeepsAny(Session session) => session.Prepare(AnySql).All(row => row.Int()).Count > 0;

    public static int DeliverKept(Session session, PersonFinder people, NodeId? node, DateTimeOffset now)
    {
        session.Prepare(DropOldSql).Bind(now).Run();
        var meeting = session.Prepare(MeetSql).All(row => new BookmarkRecord(row.Id(), row.Text(), row.Text(), row.Text(), row.Id(), row.TextOrNull(), row.InstantOrNull()));
        return meeting.Count(b => GiveKept(session, people, node, b, now));
    }

    /// <summary>The mailbox of the only run that waits for it; null when several do, or none.</summary>
    public static Guid? Only(Session session, SignalTarget target) => Waiting(session, target) is [var only] ? only.Mailbox : null;

    private static List<(Guid Instance, Guid Mailbox)> Waiting(Session session, SignalTarget target)
    {
        var found = target.CorrelationId is { } correlation
            ? session.Prepare(CorrelatedSql).Bind(target.Hash).Bind(correlation).All(row => (Instance: row.Id(), Mailbox: row.Id()))
            : session.Prepare(AllSql).Bind(target.Hash).All(row => (Instance: row.Id(), Mailbox: row.Id()));
        return target.Instance is { } only ? found.FindAll(f => f.Instance == only) : found;
    }
}
