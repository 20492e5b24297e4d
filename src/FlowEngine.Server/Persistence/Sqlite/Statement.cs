using System.Buffers;
using System.Text;
using FlowEngine.Server.Persistence.Columns;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlowEngine.Server.Persistence.Sqlite;

/// <summary>
/// One prepared statement of one connection, used again and again: values are bound and columns are read in order, without boxing and
/// without names. Not for several threads.
/// </summary>
internal sealed class Statement : IValues<Statement>, IRow, IDisposable
{
    private const int SmallText = 256;
    private readonly sqlite3 database;
    private readonly sqlite3_stmt handle;
    private int parameter;
    private int column;

    public Statement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle));
    }

    public Statement Bind(int value) => Bind((long)value);

    public Statement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(handle, ++parameter, value));
        return this;
    }

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public Statement Bind(DateTimeOffset value) => Bind(Stored.Instant(value));

    public Statement Bind(DateTimeOffset? value) => value is { } at ? Bind(at) : BindNull();

    public Statement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(handle, ++parameter, bytes));
        return this;
    }

    public Statement Bind(Guid? value) => value is { } id ? Bind(id) : BindNull();

    public Statement Bind(byte[] value)
    {
        Check(value.Length == 0 ? raw.sqlite3_bind_zeroblob(handle, ++parameter, 0) : raw.sqlite3_bind_blob(handle, ++parameter, value));
        return this;
    }

    public Statement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most <= SmallText)
        {
            Span<byte> small = stackalloc byte[SmallText];
            return BindText(small[..Encoding.UTF8.GetBytes(value, small)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return BindText(rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public Statement BindJson(byte[]? utf8) => utf8 is null ? BindNull() : BindText(utf8);

    public Statement BindQueriedJson(byte[] utf8) => BindText(utf8);

    public Statement BindText(ReadOnlySpan<byte> utf8)
    {
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(handle, ++parameter, string.Empty) : raw.sqlite3_bind_text(handle, ++parameter, utf8));
        return this;
    }

    public Statement BindNull()
    {
        Check(raw.sqlite3_bind_null(handle, ++parameter));
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row, or default.</summary>
    public T? First<T>(Func<Statement, T> read)
    {
        try
        {
            return Step() ? read(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    public List<T> All<T>(Func<Statement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(read(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public long Number() => raw.sqlite3_column_int64(handle, column++);

    public int Int() => raw.sqlite3_column_int(handle, column++);

    public bool Flag() => Int() != 0;

    public long? NumberOrNull() => IsNull() ? null : Number();

    public DateTimeOffset Instant() => Stored.Instant(Number());

    public DateTimeOffset? InstantOrNull() => IsNull() ? null : Instant();

    public Guid Id() => Stored.Id(Utf8());

    public Guid? IdOrNull() => IsNull() ? null : Id();

    public byte[] Bytes() => Utf8().ToArray();

    public string Text() => Encoding.UTF8.GetString(Utf8());

    public string? TextOrNull() => IsNull() ? null : Text();

    /// <summary>The column's bytes as they stand in the database; gone at the next row.</summary>
    public ReadOnlySpan<byte> Utf8() => raw.sqlite3_column_blob(handle, column++);

    public void Dispose() => handle.Dispose();

    /// <summary>Whether the next column is null; then it is passed over.</summary>
    public bool IsNull()
    {
        if (raw.sqlite3_column_type(handle, column) != raw.SQLITE_NULL)
        {
            return false;
        }

        column++;
        return true;
    }

    private bool Step()
    {
        column = 0;
        var code = raw.sqlite3_step(handle);
        if (code is raw.SQLITE_ROW)
        {
            return true;
        }

        if (code is not raw.SQLITE_DONE)
        {
            Check(code);
        }

        return false;
    }

    private void Reset()
    {
        parameter = 0;
        raw.sqlite3_reset(handle);
    }

    private void Check(int code)
    {
        if (code is not raw.SQLITE_OK)
        {
            throw new SqliteException($"SQLite error {code}: {raw.sqlite3_errmsg(database).utf8_to_string()}", code, raw.sqlite3_extended_errcode(database));
        }
    }
}
