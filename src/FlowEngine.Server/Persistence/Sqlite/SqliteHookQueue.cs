using FlowEngine.Engine.Turns;
using Microsoft.Data.Sqlite;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>
/// The webhook calls that are owed, read and marked by hand-written SQL. Marks do not wait for the disk: they survive the death of
/// the process, and after a crash of the machine a delivered call is made once more under the same id (at least once).
/// </summary>
public sealed class SqliteHookQueue(string file, WriteGate gate) : IHookQueue, IAsyncDisposable
{
    private SqliteConnection? reader;
    private SqliteConnection? writer;
    private readonly SemaphoreSlim reading = new(1, 1);

    /// <summary>There is one node.</summary>
    public Task<bool> Lead(int hook, DateTimeOffset now, CancellationToken cancel) => Task.FromResult(true);

    public async Task<long?> FirstOwed(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var command = (reader ??= Open()).CreateCommand();
            command.CommandText = "SELECT MIN(seq) FROM hook_delivery INDEXED BY ix_hook_delivery_owed WHERE state = 0";
            return await command.ExecuteScalarAsync(cancel) is long seq ? seq : null;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>There is one writer, so that the order of the places is the order of the commits and nothing appears behind a place that was read.</summary>
    public async Task<IReadOnlyList<OwedHook>> Read(int hook, long after, IReadOnlyCollection<long> held, int limit, CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var command = (reader ??= Open()).CreateCommand();
            command.CommandText =
                """
                SELECT seq, id, conversation_id, type, body, at, attempts, next_at FROM hook_delivery NOT INDEXED
                WHERE seq > $after AND hook = $hook AND state = 0 ORDER BY seq LIMIT $limit
                """;
            command.Parameters.AddWithValue("$after", after);
            command.Parameters.AddWithValue("$hook", hook);
            command.Parameters.AddWithValue("$limit", limit);
            var owed = new List<OwedHook>();
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                owed.Add(new OwedHook(
                    row.GetInt64(0), Stored.Id(row.GetFieldValue<byte[]>(1)), Stored.Id(row.GetFieldValue<byte[]>(2)), row.GetString(3), row.GetFieldValue<byte[]>(4),
                    Stored.Instant(row.GetInt64(5)), row.GetInt32(6), row.IsDBNull(7) ? null : Stored.Instant(row.GetInt64(7))));
            }

            return owed;
        }
        finally
        {
            reading.Release();
        }
    }

    public async Task Mark(IReadOnlyList<HookMark> marks, CancellationToken cancel)
    {
        await gate.Enter(cancel);
        try
        {
            var connection = writer ??= Open();
            await using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var mark in marks)
            {
                Mark(connection, transaction, mark);
            }

            await transaction.CommitAsync(cancel);
        }
        finally
        {
            gate.Leave();
        }
    }

    public async Task Forget(int hooks, CancellationToken cancel)
    {
        await gate.Enter(cancel);
        try
        {
            await using var command = (writer ??= Open()).CreateCommand();
            command.CommandText = "UPDATE hook_delivery SET state = 2, last_error = 'no longer configured' WHERE state = 0 AND hook >= $hooks";
            command.Parameters.AddWithValue("$hooks", hooks);
            await command.ExecuteNonQueryAsync(cancel);
        }
        finally
        {
            gate.Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (reader?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (writer?.DisposeAsync() ?? ValueTask.CompletedTask);
        reading.Dispose();
    }

    // A delivered body is of no use any more and may name a person, so that it goes; the row stays as evidence.
    private static void Mark(SqliteConnection connection, SqliteTransaction transaction, HookMark mark)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            UPDATE hook_delivery SET state = $state, attempts = $attempts, next_at = $next, last_error = $error, body = CASE WHEN $state = 1 THEN x'' ELSE body END
            WHERE seq = $seq
            """;
        command.Parameters.AddWithValue("$state", (int)mark.State);
        command.Parameters.AddWithValue("$attempts", mark.Attempts);
        command.Parameters.AddWithValue("$next", mark.NextAt is { } next ? Stored.Instant(next) : DBNull.Value);
        command.Parameters.AddWithValue("$error", (object?)mark.Error ?? DBNull.Value);
        command.Parameters.AddWithValue("$seq", mark.Seq);
        command.ExecuteNonQuery();
        if (mark.Incident is { } incident)
        {
            Insert(connection, transaction, incident);
        }
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, IncidentRecord incident)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO incident (id, conversation_id, kind, category, code, message, evidence, blocking, at)
            VALUES ($id, $conversation, $kind, $category, $code, $message, $evidence, $blocking, $at)
            """;
        command.Parameters.AddWithValue("$id", Stored.Id(incident.Id));
        command.Parameters.AddWithValue("$conversation", incident.ConversationId is { } id ? Stored.Id(id) : DBNull.Value);
        command.Parameters.AddWithValue("$kind", incident.Kind);
        command.Parameters.AddWithValue("$category", incident.Category);
        command.Parameters.AddWithValue("$code", incident.Code);
        command.Parameters.AddWithValue("$message", incident.Message);
        command.Parameters.AddWithValue("$evidence", (object?)incident.Evidence ?? DBNull.Value);
        command.Parameters.AddWithValue("$blocking", incident.Blocking);
        command.Parameters.AddWithValue("$at", Stored.Instant(incident.At));
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(SqliteSetup.ConnectionString(file, pooled: false));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = NORMAL";
        command.ExecuteNonQuery();
        return connection;
    }
}
