using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence.Columns;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>Work outside of a turn: written with the turn, taken and renewed by its workers on any node.</summary>
internal sealed class TaskBatch(NpgsqlDataSource source)
{
    internal static readonly string AddSql = Batch.Numbered(TaskColumns.AddSql);

    internal static readonly string DropSql = Batch.Numbered(TaskColumns.DropSql);

    internal static readonly string DropUntakenSql = Batch.Numbered(TaskColumns.DropUntakenSql);

    internal static readonly string StaleSql = Batch.Numbered(TaskColumns.StaleSql);

    /// <summary>Two nodes that take at once take different ones.</summary>
    internal const string TakeSql =
        $"""
        UPDATE external_task SET taken_by = $1, taken_until = $3, attempts = attempts + 1
        WHERE id = ANY (ARRAY(
          SELECT id FROM external_task WHERE state = 0 AND (taken_until IS NULL OR taken_until <= $2) ORDER BY created_at, id LIMIT $4 FOR UPDATE SKIP LOCKED))
        AND set_config('synchronous_commit', 'off', true) = 'off'
        RETURNING {TaskColumns.Taken}
        """;

    internal const string KeepSql =
        "UPDATE external_task SET taken_until = $3 WHERE id = ANY ($2) AND taken_by = $1 AND set_config('synchronous_commit', 'off', true) = 'off' RETURNING id";

    internal const string NewestSql =
        $"""
        SELECT {MessageColumns.All} FROM message
        WHERE conversation_id = $1 AND episode = (SELECT episode FROM conversation WHERE id = $1) AND direction <> 2 ORDER BY order_number DESC LIMIT $2
        """;

    internal static readonly string HandedBackSql = Batch.Numbered(TaskColumns.HandedBackSql);

    public static void Add(Batch batch, Checkpoint turn)
    {
        foreach (var end in turn.TasksEnded)
        {
            if (end.Stale)
            {
                batch.Add(DropUntakenSql).Bind(end.Instance).Bind(end.Bookmark);
            }

            batch.Add(end.Stale ? StaleSql : DropSql).Bind(end.Instance).Bind(end.Bookmark);
        }

        foreach (var task in turn.TasksAdded)
        {
            TaskColumns.Bind(batch.Add(AddSql), task);
        }
    }

    public async ValueTask<IReadOnlyList<TakenTask>> Take(string by, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(TakeSql).Bind(by).Bind(now).Bind(until).Bind(limit);
        await using var rows = await batch.Read(cancel);
        return [.. (await rows.All(TaskColumns.Read, cancel)).OrderBy(t => t.Task.CreatedAt).ThenBy(t => t.Task.Id)];
    }

    public async ValueTask<IReadOnlyList<Guid>> Keep(string by, IReadOnlyList<Guid> tasks, DateTimeOffset until, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(KeepSql).Bind(by).Bind([.. tasks]).Bind(until);
        await using var rows = await batch.Read(cancel);
        return await rows.All(row => row.Id(), cancel);
    }

    public async ValueTask<ThreadRead?> Thread(Guid mailbox, int messages, CancellationToken cancel)
    {
        await using var batch = new Batch(source);
        batch.Add(LoadBatch.ConversationSql).Bind(mailbox);
        batch.Add(NewestSql).Bind(mailbox).Bind(messages);
        batch.Add(HandedBackSql).Bind(mailbox);
        await using var rows = await batch.Read(cancel);
        if (await rows.First(LoadBatch.ReadHead, cancel) is not { } head)
        {
            return null;
        }

        var newest = await rows.All(MessageColumns.Read, cancel);
        newest.Reverse();
        return new ThreadRead(head.Conversation, head.Contact, newest, await rows.First<DateTimeOffset?>(row => row.Instant(), cancel));
    }
}
