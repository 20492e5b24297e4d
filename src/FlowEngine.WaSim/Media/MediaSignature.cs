namespace FlowEngine.WaSim.Media;

/// <summary>Whether bytes begin as files of their declared type do. Types without a signature are believed.</summary>
internal static class MediaSignature
{
    private const int MovingSticker = 0x02;

    public static bool Fits(string mimeType, ReadOnlySpan<byte> bytes) => MediaTable.Plain(mimeType) switch
    {
        "image/jpeg" => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        "image/png" => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        "image/webp" => bytes.StartsWith("RIFF"u8) && At(bytes, 8, "WEBP"u8),
        "application/pdf" => bytes.StartsWith("%PDF-"u8),
        "audio/ogg" => bytes.StartsWith("OggS"u8) && bytes[..Math.Min(bytes.Length, 128)].IndexOf("OpusHead"u8) > 0,
        "audio/amr" => bytes.StartsWith("#!AMR"u8),
        "audio/mpeg" => bytes.StartsWith("ID3"u8) || IsFrame(bytes),
        "audio/aac" => IsFrame(bytes),
        "audio/mp4" or "video/mp4" or "video/3gpp" => At(bytes, 4, "ftyp"u8),
        _ => true,
    };

    /// <summary>Whether a WebP picture is an animation.</summary>
    public static bool Moves(ReadOnlySpan<byte> bytes) => At(bytes, 12, "VP8X"u8) && bytes.Length > 20 && (bytes[20] & MovingSticker) != 0;

    private static bool At(ReadOnlySpan<byte> bytes, int place, ReadOnlySpan<byte> word) => bytes.Length >= place + word.Length && bytes[place..].StartsWith(word);

    /// <summary>The sync word of an MPEG audio frame.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> bytes) => bytes.Length > 1 && bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0;
}
