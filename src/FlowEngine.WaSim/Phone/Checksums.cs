namespace FlowEngine.WaSim.Phone;

/// <summary>The cyclic redundancy checks of the file formats that are made here. Both are of the same polynomial, in opposite orders of bits.</summary>
internal static class Checksums
{
    private const uint Forward = 0x04C11DB7;
    private const uint Reflected = 0xEDB88320;

    /// <summary>Of a PNG chunk: its name and data.</summary>
    public static uint Png(ReadOnlySpan<byte> bytes)
    {
        var check = uint.MaxValue;
        foreach (var value in bytes)
        {
            check ^= value;
            for (var bit = 0; bit < 8; bit++)
                check = (check & 1) == 0 ? check >> 1 : (check >> 1) ^ Reflected;
        }

        return ~check;
    }

    /// <summary>Of an Ogg page whose own field of it is zero.</summary>
    public static uint Ogg(ReadOnlySpan<byte> bytes)
    {
        var check = 0u;
        foreach (var value in bytes)
        {
            check ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++)
                check = (check & 0x80000000) == 0 ? check << 1 : (check << 1) ^ Forward;
        }

        return check;
    }
}
