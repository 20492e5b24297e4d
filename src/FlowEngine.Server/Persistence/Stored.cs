namespace FlowEngine.Server.Persistence;

/// <summary>
/// How ids and instants stand in a database (decision 2); the one place that EF's converters and the hand-written SQL share.
/// </summary>
public static class Stored
{
    private const int TicksPerMicrosecond = 10;

    /// <summary>Big-endian, so that the bytes sort as the ids were made (UUIDv7).</summary>
    public static byte[] Id(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid Id(ReadOnlySpan<byte> bytes) => new(bytes, bigEndian: true);

    /// <summary>Microseconds since 1970 in UTC; what is finer is cut off.</summary>
    public static long Instant(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond;

    public static DateTimeOffset Instant(long micros) => new(DateTime.UnixEpoch.Ticks + (micros * TicksPerMicrosecond), TimeSpan.Zero);
}
