using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace FlowEngine.Server.Inbox;

/// <summary>
/// Where a page ended: the sort key and the id of its last line, so that the next page begins right after it whatever has come
/// since. Opaque to callers.
/// </summary>
/// <param name="At">The instant the tab is sorted by; null for lines that have none.</param>
/// <param name="Episode">Tells the episodes of one conversation apart in Finished; 0 elsewhere.</param>
public readonly record struct InboxCursor(DateTimeOffset? At, Guid Id, int Episode)
{
    private const int Length = 8 + 16 + 4;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At?.UtcTicks ?? long.MaxValue);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[24..], Episode);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string? text, out InboxCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text is null || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != Length)
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks != long.MaxValue && ticks is < 0 or > 3155378975999999999)
        {
            return false;
        }

        DateTimeOffset? at = ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        cursor = new InboxCursor(at, new Guid(bytes.Slice(8, 16), bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(bytes[24..]));
        return true;
    }
}
