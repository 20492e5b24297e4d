using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Runs of flows, where they wait, and their journal.</summary>
internal static class RunSql
{
    internal const string DueTimersSql =
        "SELECT instance_id, bookmark_id, due_at FROM bookmark WHERE instance_id = ? AND due_at <= ? ORDER BY due_at, bookmark_id";

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
    }
}
