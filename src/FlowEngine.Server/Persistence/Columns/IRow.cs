namespace FlowEngine.Server.Persistence.Columns;

/// <summary>The columns of one row, read in order.</summary>
internal interface IRow
{
    int Int();

    long Number();

    long? NumberOrNull();

    bool Flag();

    DateTimeOffset Instant();

    DateTimeOffset? InstantOrNull();

    Guid Id();

    Guid? IdOrNull();

    byte[] Bytes();

    string Text();

    string? TextOrNull();

    /// <summary>A text's or JSON's bytes; gone at the next row.</summary>
    ReadOnlySpan<byte> Utf8();

    /// <summary>Whether the next column is null; then it is passed over.</summary>
    bool IsNull();
}
