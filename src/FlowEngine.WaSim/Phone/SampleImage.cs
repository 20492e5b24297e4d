using System.Buffers.Binary;
using System.IO.Compression;

namespace FlowEngine.WaSim.Phone;

/// <summary>A small PNG: a hill under an evening sun.</summary>
internal static class SampleImage
{
    private const int Width = 320;
    private const int Height = 240;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Make()
    {
        var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9]) = (8, 2); // bits a colour, and no palette
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Packed());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Packed()
    {
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            for (var y = 0; y < Height; y++)
            {
                zip.WriteByte(0); // this row is not filtered
                for (var x = 0; x < Width; x++)
                    zip.Write(ColourAt(x, y));
            }
        }

        return packed.ToArray();
    }

    private static byte[] ColourAt(int x, int y)
    {
        if (y > 175 + 22 * Math.Sin((x + 40) / 52.0))
            return [58, (byte)(150 - (y - 150) / 2), 86];

        var fromSun = Math.Sqrt(Math.Pow(x - 226, 2) + Math.Pow(y - 88, 2));
        return fromSun < 34 ? [255, 214, 102] : [(byte)(250 - y / 3), (byte)(190 - y / 5), (byte)(150 + y / 4)];
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> name, byte[] data)
    {
        byte[] checkedPart = [.. name, .. data];
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksums.Png(checkedPart));
        file.Write(number);
    }
}
