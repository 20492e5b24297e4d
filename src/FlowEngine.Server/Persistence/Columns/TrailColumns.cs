using System.Text.Json;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Server.Persistence.Columns;

/// <summary>What a turn leaves behind it: history, incidents, calls that are owed, and events that are done.</summary>
internal static class TrailColumns
{
    public const string DoneSql = "UPDATE mailbox_event SET state = ?, result = ?, done_at = ? WHERE id = ? AND mailbox_id = ? AND state = 0";

    public const string RetrySql = "UPDATE mailbox_event SET attempts = attempts + 1 WHERE id = ? AND mailbox_id = ? AND state = 0";

    public const string ReceivedSql =
        "INSERT INTO mailbox_event (id, mailbox_id, kind, dedupe_key, payload, received_at, state, attempts, result, done_at) VALUES (?,?,?,?,?,?,1,0,?,?)";

    public const string HistorySql =
        """
        INSERT INTO history (conversation_id, at, kind, actor_kind, actor_id, actor_name, from_owner_kind, from_owner_id, from_owner_name,
          to_owner_kind, to_owner_id, to_owner_name, tab_from, tab_to, epoch, cause, data)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        """;

    public const string HookSql = "INSERT INTO hook_delivery (id, hook, conversation_id, type, body, at, state, attempts) VALUES (?,?,?,?,?,?,0,0)";

    public const string IncidentSql =
        """
        INSERT INTO incident (id, conversation_id, instance_id, activity_id, activity_instance_id, message_id, kind, category, code, message, evidence, blocking, at)
        VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
        """;

    public const string IncidentClosedSql =
        "UPDATE incident SET closed_at = ?, closed_by = ?, closed_how = ? WHERE id = ? AND coalesce(conversation_id, instance_id) = ? AND closed_at IS NULL";

    // Two conversations may meet the same trouble at once: the connection has one open incident (unique index).
    public const string PauseSql =
        "INSERT INTO incident (id, connection, kind, category, code, message, evidence, blocking, at) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING";

    public const string UpdateContactSql = "UPDATE contact SET name = ?, phone = ?, wa_id = ?, user_id = ?, opted_out = ? WHERE id = ?";

    public static T BindDone<T>(T values, EventDone done, Checkpoint of)
        where T : IValues<T> => values.Bind(done.Dead ? 2 : 1).Bind(done.ResultJson).Bind(of.Now).Bind(done.Id).Bind(of.Mailbox);

    public static T Bind<T>(T values, ReceivedEvent received, Checkpoint of)
        where T : IValues<T> => values
        .Bind(received.Event.Id).Bind(of.Mailbox).Bind(TurnText.KindOf(received.Event.Event)).Bind(received.Event.DedupeKey).Bind(TurnText.Write(received.Event.Event))
        .Bind(of.Now).Bind(received.ResultJson).Bind(of.Now);

    public static T Bind<T>(T values, Guid conversation, HistoryEntry entry)
        where T : IValues<T> => values
        .Bind(conversation).Bind(entry.At).Bind(entry.Kind).Bind((int)entry.Actor.Kind).Bind(entry.Actor.Id).Bind(entry.Actor.Name)
        .Bind((int)entry.From.Kind).Bind(entry.From.Id).Bind(entry.From.Name).Bind((int)entry.To.Kind).Bind(entry.To.Id).Bind(entry.To.Name)
        .Bind((int)entry.TabFrom).Bind((int)entry.TabTo).Bind(entry.Epoch).Bind(entry.Cause)
        .BindJson(entry.Data is null ? null : JsonSerializer.SerializeToUtf8Bytes(entry.Data, StoredJson.Plain.IReadOnlyDictionaryStringString));

    public static T Bind<T>(T values, HookDelivery hook)
        where T : IValues<T> => values.Bind(hook.Id).Bind(hook.Hook).Bind(hook.ConversationId).Bind(hook.Type).Bind(hook.Body).Bind(hook.At);

    public static T Bind<T>(T values, IncidentRecord i)
        where T : IValues<T> => values
        .Bind(i.Id).Bind(i.ConversationId).Bind(i.InstanceId).Bind(i.ActivityId).Bind(i.ActivityInstanceId).Bind(i.MessageId)
        .Bind(i.Kind).Bind(i.Category).Bind(i.Code).Bind(i.Message).Bind(i.Evidence).Bind(i.Blocking).Bind(i.At);

    /// <param name="mailbox">The conversation, or the run that has none.</param>
    public static T Bind<T>(T values, Guid mailbox, IncidentClosed closed)
        where T : IValues<T> => values.Bind(closed.At).Bind(closed.By).Bind(closed.How).Bind(closed.Id).Bind(mailbox);

    public static T Bind<T>(T values, ConnectionPause pause)
        where T : IValues<T> => values
        .Bind(pause.IncidentId).Bind(pause.Connection).Bind(nameof(ProblemKind.Connection)).Bind(pause.Category).Bind(pause.Code).Bind(pause.Message)
        .Bind(pause.Evidence).Bind(true).Bind(pause.Since);

    public static T Bind<T>(T values, Contact contact)
        where T : IValues<T> => values.Bind(contact.Name).Bind(contact.Phone).Bind(contact.WaId).Bind(contact.UserId).Bind(contact.OptedOut).Bind(contact.Id);
}
