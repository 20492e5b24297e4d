namespace FlowEngine.Server.Media;

/// <summary>What a file is by its first bytes, for files of strangers, who may claim anything.</summary>
public static class FileSignature
{
    /// <summary>So many bytes of the beginning are enough.</summary>
    public const int Head = 64;

    /// <summary>
    /// The type that the bytes show. What has no signature that is known here is what it claims to be, but never a picture, sound or film: null then.
    /// </summary>
    public static string? TypeOf(ReadOnlySpan<byte> head, string? claimed)
    {
        var said = MediaKinds.BaseOf(claimed);
        return Picture(head) ?? Sound(head, said) ?? Container(head, said) ?? (head.StartsWith("%PDF-"u8) ? "application/pdf" : MediaKinds.IsShown(said) ? null : said);
    }

    private static string? Picture(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "image/gif"
        : head.StartsWith("RIFF"u8) && At(head, 8, "WEBP"u8) ? "image/webp"
        : null;

    private static string? Sound(ReadOnlySpan<byte> head, string? said) =>
        head.StartsWith("OggS"u8) ? (said == "video/ogg" ? said : "audio/ogg")
        : head.StartsWith("#!AMR"u8) ? "audio/amr"
        : head.StartsWith("ID3"u8) ? "audio/mpeg"
        // The sync word of a frame, of layer III or of AAC; other layers begin as texts in UTF-16 do.
        : head.Length > 1 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2 ? "audio/mpeg"
        : head.Length > 1 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? "audio/aac"
        : null;

    /// <summary>The family of MP4, by its brand.</summary>
    private static string? Container(ReadOnlySpan<byte> head, string? said)
    {
        if (!At(head, 4, "ftyp"u8))
        {
            return null;
        }

        return At(head, 8, "M4A "u8) || At(head, 8, "M4B "u8) ? "audio/mp4"
            : At(head, 8, "3gp"u8) || At(head, 8, "3g2"u8) ? "video/3gpp"
            : At(head, 8, "qt  "u8) ? "video/quicktime"
            : At(head, 8, "hei"u8) || At(head, 8, "hev"u8) || At(head, 8, "mif1"u8) || At(head, 8, "msf1"u8) ? "image/heic"
            : At(head, 8, "avi"u8) ? "image/avif"
            : said == "audio/mp4" ? said
            : "video/mp4";
    }

    private static bool At(ReadOnlySpan<byte> head, int place, ReadOnlySpan<byte> word) => head.Length >= place + word.Length && head[place..].StartsWith(word);
}
