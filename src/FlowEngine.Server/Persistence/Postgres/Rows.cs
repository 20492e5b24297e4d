using FlowEngine.Server.Persistence.Columns;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>Results of a <see cref="Batch"/>, read in order, column after column.</summary>
internal sealed class Rows(NpgsqlDataReader reader) : IRow, IAsyncDisposable
{
    private int column;

    public async ValueTask<bool> Next(CancellationToken cancel)
    {
        column = 0;
        return await reader.ReadAsync(cancel);
    }

    public Task NextStatement(CancellationToken cancel) => reader.NextResultAsync(cancel);

    /// <summary>All rows of this statement; then stands before the next one's.</summary>
    public async Task<List<T>> All<T>(Func<Rows, T> read, CancellationToken cancel)
    {
        var all = new List<T>();
        while (await Next(cancel))
        {
            all.Add(read(this));
        }

        await NextStatement(cancel);
        return all;
    }

    /// <summary>The first row of this statement, or default; then stands before the next one's.</summary>
    public async Task<T?> First<T>(Func<Rows, T> read, CancellationToken cancel)
    {
        var first = await Next(cancel) ? read(this) : default;
        await NextStatement(cancel);
        return first;
    }

    public int Int() => reader.GetInt32(column++);

    public long Number() => reader.GetInt64(column++);

    public long? NumberOrNull() => IsNull() ? null : Number();

    public bool Flag() => reader.GetBoolean(column++);

    public DateTimeOffset Instant() => Stored.Instant(Number());

    public DateTimeOffset? InstantOrNull() => IsNull() ? null : Instant();

    public Guid Id() => reader.GetGuid(column++);

    public Guid? IdOrNull() => IsNull() ? null : Id();

    public byte[] Bytes() => reader.GetFieldValue<byte[]>(column++);

    public string Text() => reader.GetString(column++);

    public string? TextOrNull() => IsNull() ? null : Text();

    public ReadOnlySpan<byte> Utf8() => reader.GetFieldValue<byte[]>(column++);

    public bool IsNull()
    {
        if (!reader.IsDBNull(column))
        {
            return false;
        }

        column++;
        return true;
    }

    public ValueTask DisposeAsync() => reader.DisposeAsync();
}
