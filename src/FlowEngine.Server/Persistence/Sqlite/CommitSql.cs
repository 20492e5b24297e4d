using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>Writes a turn (commit 2).</summary>
internal static class CommitSql
{
    private const string FenceSql = "UPDATE mailbox SET version = version + 1 WHERE id = ? AND version = ?";

    private const string DoneSql = "UPDATE mailbox_event SET state = ?, result = ?, done_at = ? WHERE id = ? AND mailbox_id = ? AND state = 0";

    private const string RetrySql = "UPDATE mailbox_event SET attempts = attempts + 1 WHERE id = ? AND mailbox_id = ? AND state = 0";

    private const string HistorySql =
        """
        INSERT INTO history (conversation_id, at, kind, actor_kind, actor_id, actor_name, from_owner_kind, from_owner_id, from_owner_name,
          to_owner_kind, to_owner_id, to_owner_name, tab_from, tab_to, epoch, cause, data)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        """;

    private const string HookSql = "INSERT INTO hook_delivery (id, hook, conversation_id, type, body, at, state, attempts) VALUES (?,?,?,?,?,?,0,0)";

    private const string IncidentSql =
        """
        INSERT INTO incident (id, conversation_id, instance_id, activity_id, activity_instance_id, message_id, kind, category, code, message, evidence, blocking, at)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
        """;

    private const string IncidentClosedSql = "UPDATE incident SET closed_at = ?, closed_by = ?, closed_how = ? WHERE id = ? AND closed_at IS NULL";

    /// <summary>False, with nothing written, when the mailbox has another version than the turn was decided from.</summary>
    public static bool Commit(Session session, PersonFinder people, Checkpoint checkpoint)
    {
        if (session.Prepare(FenceSql).Bind(checkpoint.Mailbox).Bind(checkpoint.ExpectedVersion).Run() == 0)
        {
            return false;
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
            AppendSql.Append(session, people, enqueued, checkpoint.Now);
        }

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
        foreach (var i in checkpoint.IncidentsOpened)
        {
            session.Prepare(IncidentSql)
                .Bind(i.Id).Bind(i.ConversationId).Bind(i.InstanceId).Bind(i.ActivityId).Bind(i.ActivityInstanceId).Bind(i.MessageId)
                .Bind(i.Kind).Bind(i.Category).Bind(i.Code).Bind(i.Message).Bind(i.Evidence).Bind(i.Blocking).Bind(i.At)
                .Run();
        }

        foreach (var closed in checkpoint.IncidentsClosed)
        {
            session.Prepare(IncidentClosedSql).Bind(closed.At).Bind(closed.By).Bind(closed.How).Bind(closed.Id).Run();
        }

        foreach (var entry in checkpoint.History)
        {
            Write(session, checkpoint.Mailbox, entry);
        }

        foreach (var hook in checkpoint.Hooks)
        {
            session.Prepare(HookSql).Bind(hook.Id).Bind(hook.Hook).Bind(hook.ConversationId).Bind(hook.Type).Bind(hook.Body).Bind(hook.At).Run();
        }
    }

    private static void Write(Session session, Guid conversation, HistoryEntry entry)
    {
        var statement = session.Prepare(HistorySql)
            .Bind(conversation).Bind(entry.At).Bind(entry.Kind).Bind((int)entry.Actor.Kind).Bind(entry.Actor.Id).Bind(entry.Actor.Name)
            .Bind((int)entry.From.Kind).Bind(entry.From.Id).Bind(entry.From.Name).Bind((int)entry.To.Kind).Bind(entry.To.Id).Bind(entry.To.Name)
            .Bind((int)entry.TabFrom).Bind((int)entry.TabTo).Bind(entry.Epoch).Bind(entry.Cause);
        (entry.Data is null
            ? statement.BindNull()
            : statement.BindText(JsonSerializer.SerializeToUtf8Bytes(entry.Data, StoredJson.Plain.IReadOnlyDictionaryStringString))).Run();
    }

    private static void Finish(Session session, Checkpoint checkpoint, EventDone done)
    {
        if (done.Retry)
        {
            session.Prepare(RetrySql).Bind(done.Id).Bind(checkpoint.Mailbox).Run();
            return;
        }

        session.Prepare(DoneSql).Bind(done.Dead ? 2 : 1).Bind(done.ResultJson).Bind(checkpoint.Now).Bind(done.Id).Bind(checkpoint.Mailbox).Run();
    }
}
