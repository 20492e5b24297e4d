using System.Buffers.Binary;

namespace FlowEngine.WaSim.Phone;

/// <summary>A voice note of two seconds in which nobody speaks: Opus in Ogg, one channel.</summary>
internal static class SampleVoice
{
    private const int Packets = 100;
    private const int SamplesPerPacket = 960; // 20 ms
    private const int Serial = 1;
    private const int CheckAt = 22;

    /// <summary>An Opus packet of 20 ms of silence, full band, one channel.</summary>
    private static readonly byte[] Silence = [0xF8, 0xFF, 0xFE];

    public static byte[] Make()
    {
        byte[] head = [.. "OpusHead"u8, 1, 1, 0x38, 0x01, 0x80, 0xBB, 0, 0, 0, 0, 0];
        byte[] tags = [.. "OpusTags"u8, 5, 0, 0, 0, .. "WaSim"u8, 0, 0, 0, 0];
        var silence = Enumerable.Repeat(Silence, Packets).ToArray();
        return [.. Page(0, 2, 0, head), .. Page(1, 0, 0, tags), .. Page(2, 4, Packets * SamplesPerPacket, silence)];
    }

    /// <param name="kind">2 begins the stream, 4 ends it.</param>
    /// <param name="played">Samples until the end of the page.</param>
    /// <param name="packets">Each shorter than 255 bytes.</param>
    private static byte[] Page(int number, byte kind, long played, params byte[][] packets)
    {
        var page = new byte[27];
        "OggS"u8.CopyTo(page);
        page[5] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), played);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(14), Serial);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(18), number);
        page[26] = (byte)packets.Length;
        byte[] whole = [.. page, .. packets.Select(packet => (byte)packet.Length), .. packets.SelectMany(packet => packet)];
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(CheckAt), Checksums.Ogg(whole));
        return whole;
    }
}
