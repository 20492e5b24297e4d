using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FlowEngine.Engine;

/// <summary>
/// Where every id comes from: UUIDv7 by the given clock (RFC 9562), its random part from the given source. In production the
/// source is cryptographic; in tests it is seeded, so that a run can be replayed. Safe for many threads.
/// </summary>
public sealed class Ids(TimeProvider clock, Action<Span<byte>> randomBytes)
{
    private readonly Lock gate = new();

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (gate)
        {
            randomBytes(bytes);
        }

        return Stamped(bytes, clock.GetUtcNow());
    }

    /// <summary>
    /// The id of a run that has a mailbox of its own. It says so itself (version 8 of RFC 9562, the rest as in version 7), so that whoever wakes a
    /// mailbox need not read first what it is of.
    /// </summary>
    public Guid NextRun() => ForRun(Next());

    /// <summary>The nth such id of a burst: the same again when the burst is replayed.</summary>
    public static Guid RunOf(DateTimeOffset at, ulong seed, int nth)
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, seed);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], nth);
        SHA256.HashData(bytes[..12], bytes);
        return ForRun(Stamped(bytes[..16], at));
    }

    /// <summary>Whether a mailbox is that of a run without a conversation.</summary>
    public static bool IsRun(Guid mailbox) => mailbox.Version == 8;

    /// <summary>Not above any id made at that instant or later: the ids of a table are in order of time.</summary>
    public static Guid FirstOf(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        return Stamped(bytes, at);
    }

    /// <summary>Ids that repeat for the same seed.</summary>
    public static Ids Seeded(TimeProvider clock, int seed)
    {
#pragma warning disable RS0030 // a seeded Random is the point here
        var random = new Random(seed);
#pragma warning restore RS0030
        return new Ids(clock, random.NextBytes);
    }

    private static Guid ForRun(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The instant, the version and the variant of RFC 9562 over bytes that fill the rest.</summary>
    private static Guid Stamped(Span<byte> bytes, DateTimeOffset at)
    {
        var millis = at.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)(millis >> 32));
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], (int)millis);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
