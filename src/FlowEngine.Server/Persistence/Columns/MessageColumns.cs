using System.Text.Json;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Persistence.Columns;

/// <summary>A message to and from its columns.</summary>
internal static class MessageColumns
{
    public const string All =
        """
        id, conversation_id, episode, order_number, direction, author, author_id, author_name, content, at, instance_id, activity_id, when_unknown,
        state, provider_id, epoch, last_words, intervention, attempt, attempts_before, deadline, wake_at, error, settled_at
        """;

    public const string InsertSql = $"INSERT INTO message ({All}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    public static T Bind<T>(T values, Message message)
        where T : IValues<T> => BindMutable(
        values
            .Bind(message.Id).Bind(message.ConversationId).Bind(message.Episode).Bind(message.Order).Bind((int)message.Direction)
            .Bind((int)message.Author).Bind(message.AuthorId).Bind(message.AuthorName)
            .BindJson(JsonSerializer.SerializeToUtf8Bytes(message.Content, StoredJson.Plain.MessageContent))
            .Bind(message.At).Bind(message.InstanceId).Bind(message.ActivityId).Bind((int)message.WhenUnknown),
        message);

    /// <summary>The columns from <c>state</c> on.</summary>
    public static T BindMutable<T>(T values, Message message)
        where T : IValues<T> => values
        .Bind((int)message.State).Bind(message.ProviderId).Bind(message.Epoch).Bind(message.LastWords).Bind(message.Intervention)
        .Bind(message.Attempt).Bind(message.AttemptsBefore).Bind(message.Deadline).Bind(message.WakeAt)
        .BindJson(message.Error is null ? null : JsonSerializer.SerializeToUtf8Bytes(message.Error, StoredJson.Plain.SendError))
        .Bind(message.SettledAt);

    public static Message Read<T>(T row)
        where T : IRow => new()
        {
            Id = row.Id(),
            ConversationId = row.Id(),
            Episode = row.Int(),
            Order = row.Number(),
            Direction = (MessageDirection)row.Int(),
            Author = (AuthorKind)row.Int(),
            AuthorId = row.TextOrNull(),
            AuthorName = row.TextOrNull(),
            Content = JsonSerializer.Deserialize(row.Utf8(), StoredJson.Plain.MessageContent)!,
            At = row.Instant(),
            InstanceId = row.IdOrNull(),
            ActivityId = row.TextOrNull(),
            WhenUnknown = (WhenUnknown)row.Int(),
            State = (MessageState)row.Int(),
            ProviderId = row.TextOrNull(),
            Epoch = row.Number(),
            LastWords = row.Flag(),
            Intervention = row.Flag(),
            Attempt = row.Int(),
            AttemptsBefore = row.Int(),
            Deadline = row.InstantOrNull(),
            WakeAt = row.InstantOrNull(),
            Error = row.IsNull() ? null : JsonSerializer.Deserialize(row.Utf8(), StoredJson.Plain.SendError),
            SettledAt = row.InstantOrNull(),
        };
}
