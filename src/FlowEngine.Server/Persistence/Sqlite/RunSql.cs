using FlowEngine.Engine;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Runs of flows, where they wait, and their journal.</summary>
internal static class RunSql
{
    internal const string DueTimersSql =
        "SELECT instance_id, bookmark_id, due_at FROM bookmark WHERE instance_id = ? AND due_at <= ? ORDER BY due_at, bookmark_id";

    private const string HeldSql = "SELECT c.instance_id FROM run_claim c JOIN mailbox m ON m.id = c.instance_id WHERE c.claim = ?";

    private const string ClaimSql = "INSERT INTO run_claim (claim, instance_id) VALUES (?,?) ON CONFLICT (claim) DO UPDATE SET instance_id = excluded.instance_id";

    internal const string LoadSql = "SELECT version, lease_node FROM mailbox WHERE id = ? AND kind = 1";

    public static Guid? Holder(Session session, string claim) => session.Prepare(HeldSql).Bind(claim).First(row => row.IdOrNull());

    /// <summary>What a run's turn starts from.</summary>
    public static RunLoad? Load(Session session, NodeId node, Guid mailbox, DateTimeOffset now, List<PendingEvent> pending)
    {
        var box = session.Prepare(LoadSql).Bind(mailbox).First(row => new Box(row.Number(), row.TextOrNull()));
        return box is null || (box.LeaseNode is { } holder && holder != node.Value) ? null : new RunLoad
        {
            Mailbox = mailbox,
            MailboxVersion = box.Version,
            Events = pending,
            Instance = Find(session, mailbox),
            DueTimers = DueTimers(session, mailbox, now),
        };
    }

    /// <summary>False when another run holds what this turn claims.</summary>
    public static bool MayClaim(Session session, Checkpoint checkpoint) =>
        checkpoint.Claim is not { } claim || Holder(session, claim) is not { } holder || holder == checkpoint.Mailbox;

    public static InstanceRecord? Find(Session session, Guid id) => session.Prepare(RunColumns.FindSql).Bind(id).First(RunColumns.Read);

    public static List<TimerRecord> DueTimers(Session session, Guid instance, DateTimeOffset now) => session.Prepare(DueTimersSql).Bind(instance).Bind(now)
        .All(row => new TimerRecord(row.Id(), row.Text(), row.Instant()));

    /// <summary>Bookmarks are removed before they are added: one that is armed anew is both.</summary>
    public static void Write(Session session, Checkpoint checkpoint)
    {
        foreach (var instance in checkpoint.Instances)
        {
            RunColumns.Bind(session.Prepare(RunColumns.UpsertSql), instance).Run();
        }

        foreach (var (instance, bookmark) in checkpoint.BookmarksRemoved)
        {
            session.Prepare(RunColumns.DropBookmarkSql).Bind(instance).Bind(bookmark).Run();
        }

        foreach (var bookmark in checkpoint.BookmarksAdded)
        {
            RunColumns.Bind(session.Prepare(RunColumns.AddBookmarkSql), bookmark).Run();
        }

        foreach (var burst in checkpoint.Journal)
        {
            RunColumns.Bind(session.Prepare(RunColumns.JournalSql), burst).Run();
        }

        foreach (var run in checkpoint.NewRuns)
        {
            session.Prepare(AppendSql.NewRunSql).Bind(run).Run();
        }

        if (checkpoint.Claim is { } claim)
        {
            session.Prepare(ClaimSql).Bind(claim).Bind(checkpoint.Mailbox).Run();
        }

        if (checkpoint.ClaimsFreed is { } ended)
        {
            session.Prepare(RunColumns.FreeSql).Bind(ended).Run();
        }
    }

    private sealed record Box(long Version, string? LeaseNode);
}
