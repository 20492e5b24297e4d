using FlowEngine.Engine;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Writes a turn (commit 2).</summary>
internal static class CommitSql
{
    private const string FenceSql =
        "UPDATE mailbox SET version = version + 1, lease_node = ?1 WHERE id = ?2 AND version = ?3 AND (lease_node IS NULL OR lease_node = ?1)";

    internal const string GiveBackSql =
        """
        UPDATE mailbox SET lease_node = NULL WHERE id = ?1
          AND NOT EXISTS (SELECT 1 FROM mailbox_event e WHERE e.mailbox_id = ?1 AND e.state = 0)
          AND NOT EXISTS (SELECT 1 FROM message m INDEXED BY ix_message_unsettled WHERE m.conversation_id = ?1 AND m.state IN (1, 2, 3, 4) AND m.state IN (2, 3))
        """;

    /// <summary>False, with nothing written, when the mailbox has another version than the turn was decided from, or is another node's.</summary>
    public static bool Commit(Session session, PersonFinder people, NodeId node, Checkpoint checkpoint)
    {
        var received = checkpoint.Received;
        if (!RunSql.MayClaim(session, checkpoint) || (received is not null && AppendSql.IsKnown(session, received.Event.DedupeKey)))
        {
            return false;
        }

        if (received?.Event.NewRun is { } run)
        {
            session.Prepare(AppendSql.NewRunSql).Bind(run).Run();
        }

        if (session.Prepare(FenceSql).Bind(node.Value).Bind(checkpoint.Mailbox).Bind(checkpoint.ExpectedVersion).Run() == 0)
        {
            return false;
        }

        if (received is not null)
        {
            TrailColumns.Bind(session.Prepare(TrailColumns.ReceivedSql), received, checkpoint).Run();
        }

        WriteConversation(session, checkpoint);
        RunSql.Write(session, checkpoint);
        TaskSql.Write(session, checkpoint);
        WriteTrail(session, checkpoint);
        foreach (var done in checkpoint.Events)
        {
            Finish(session, checkpoint, done);
        }

        foreach (var enqueued in checkpoint.Enqueued)
        {
            AppendSql.Append(session, people, node, enqueued, checkpoint.Now);
        }

        foreach (var added in checkpoint.BookmarksAdded.Where(b => b.MayBeKept))
        {
            SignalSql.GiveKept(session, people, node, added, checkpoint.Now);
        }

        session.Prepare(GiveBackSql).Bind(checkpoint.Mailbox).Run();
        return true;
    }

    private static void WriteConversation(Session session, Checkpoint checkpoint)
    {
        if (checkpoint.Conversation is { } conversation)
        {
            ConversationSql.Update(session, conversation, checkpoint.Now);
        }

        if (checkpoint.Contact is { } contact)
        {
            PersonFinder.Update(session, contact);
        }

        foreach (var message in checkpoint.NewMessages)
        {
            MessageSql.Insert(session, message);
        }

        foreach (var message in checkpoint.ChangedMessages)
        {
            MessageSql.Update(session, message);
        }
    }

    private static void WriteTrail(Session session, Checkpoint checkpoint)
    {
        foreach (var incident in checkpoint.IncidentsOpened)
        {
            TrailColumns.Bind(session.Prepare(TrailColumns.IncidentSql), incident).Run();
        }

        foreach (var closed in checkpoint.IncidentsClosed)
        {
            TrailColumns.Bind(session.Prepare(TrailColumns.IncidentClosedSql), checkpoint.Mailbox, closed).Run();
        }

        if (checkpoint.Pause is { } pause)
        {
            TrailColumns.Bind(session.Prepare(TrailColumns.PauseSql), pause).Run();
        }

        foreach (var entry in checkpoint.History)
        {
            TrailColumns.Bind(session.Prepare(TrailColumns.HistorySql), checkpoint.Mailbox, entry).Run();
        }

        foreach (var hook in checkpoint.Hooks)
        {
            TrailColumns.Bind(session.Prepare(TrailColumns.HookSql), hook).Run();
        }
    }

    private static void Finish(Session session, Checkpoint checkpoint, EventDone done)
    {
        if (done.Retry)
        {
            session.Prepare(TrailColumns.RetrySql).Bind(done.Id).Bind(checkpoint.Mailbox).Run();
            return;
        }

        TrailColumns.BindDone(session.Prepare(TrailColumns.DoneSql), done, checkpoint).Run();
    }
}
