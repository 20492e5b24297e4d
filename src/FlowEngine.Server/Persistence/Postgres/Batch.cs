using FlowEngine.Server.Persistence.Columns;
using Npgsql;
using NpgsqlTypes;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// Statements that go to the server together: one round trip, and one transaction that happens wholly or not at all. Each text is prepared
/// once a connection.
/// </summary>
internal sealed class Batch(NpgsqlDataSource source) : IAsyncDisposable
{
    private readonly NpgsqlBatch batch = source.CreateBatch();

    /// <param name="sql">A constant with <c>$1</c>, <c>$2</c> … for its values.</param>
    public Call Add(string sql)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        batch.BatchCommands.Add(command);
        return new Call(command.Parameters);
    }

    /// <summary>Rows of one table, as many in one statement as there are texts.</summary>
    /// <param name="texts">One for each count of rows, from one on; see <see cref="ForRows"/>.</param>
    public void AddRows<T>(string[] texts, IReadOnlyList<T> rows, Func<Call, T, Call> bind)
    {
        for (var next = 0; next < rows.Count; next += texts.Length)
        {
            var several = Math.Min(rows.Count - next, texts.Length);
            var call = Add(texts[several - 1]);
            for (var i = 0; i < several; i++)
            {
                call = bind(call, rows[next + i]);
            }
        }
    }

    public Task Run() => batch.ExecuteNonQueryAsync(CancellationToken.None);

    /// <summary>The results of the statements, one after the other.</summary>
    public async Task<Rows> Read(CancellationToken cancel) => new(await batch.ExecuteReaderAsync(cancel));

    public ValueTask DisposeAsync() => batch.DisposeAsync();

    /// <summary>An INSERT of both databases that ends with the marks of one row, for one row, for two, and so on.</summary>
    public static string[] ForRows(string insert, int most)
    {
        var row = insert[insert.LastIndexOf('(')..];
        return [.. Enumerable.Range(0, most).Select(more => Numbered(insert + string.Concat(Enumerable.Repeat("," + row, more))))];
    }

    /// <summary>A text of both databases, with its marks numbered as this one wants them.</summary>
    public static string Numbered(string sql)
    {
        var number = 0;
        return string.Concat(sql.Select(c => c == '?' ? $"${++number}" : c.ToString()));
    }
}

/// <summary>The values of one statement.</summary>
internal readonly struct Call(NpgsqlParameterCollection values) : IValues<Call>
{
    public Call Bind(int value) => Add(value, NpgsqlDbType.Integer);

    public Call Bind(long value) => Add(value, NpgsqlDbType.Bigint);

    public Call Bind(bool value) => Add(value, NpgsqlDbType.Boolean);

    public Call Bind(DateTimeOffset value) => Bind(Stored.Instant(value));

    public Call Bind(DateTimeOffset? value) => value is { } at ? Bind(at) : AddNull(NpgsqlDbType.Bigint);

    public Call Bind(Guid value) => Add(value, NpgsqlDbType.Uuid);

    public Call Bind(Guid? value) => value is { } id ? Bind(id) : AddNull(NpgsqlDbType.Uuid);

    public Call Bind(Guid[] values) => Add(values, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public Call Bind(byte[] value) => Add(value, NpgsqlDbType.Bytea);

    public Call Bind(string? value) => value is null ? AddNull(NpgsqlDbType.Text) : Add(StorableText.Of(value), NpgsqlDbType.Text);

    public Call Bind(string[]? values) =>
        values is null ? AddNull(NpgsqlDbType.Array | NpgsqlDbType.Text) : Add(Array.ConvertAll(values, StorableText.Of), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public Call Bind(long[] values) => Add(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public Call BindJson(byte[]? utf8) => utf8 is null ? AddNull(NpgsqlDbType.Text) : Add(utf8, NpgsqlDbType.Text);

    public Call BindQueriedJson(byte[] utf8) => Add(StorableText.OfJson(utf8), NpgsqlDbType.Jsonb);

    private Call Add<T>(T value, NpgsqlDbType type)
    {
        values.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return this;
    }

    private Call AddNull(NpgsqlDbType type)
    {
        values.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type });
        return this;
    }
}
