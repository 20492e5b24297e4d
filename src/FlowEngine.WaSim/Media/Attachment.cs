namespace FlowEngine.WaSim.Media;

/// <summary>A file as a person sends it from the phone, before it has an id.</summary>
/// <param name="MimeType">As the sender's device names it.</param>
/// <param name="FileName">Shown of documents only.</param>
/// <param name="Caption">Words below it; a voice note and a sticker have none.</param>
public sealed record Attachment(byte[] Bytes, string MimeType, string? FileName = null, string? Caption = null)
{
    private const string Voice = "audio/ogg";

    /// <summary>Type of the message: image, sticker, audio, video; a document when the platform shows no such file.</summary>
    public string Kind => MediaTable.KindOf(Named) is { } kind && !(kind == "sticker" && IsTooLarge(kind)) ? kind : "document";

    /// <summary>A recording made in the chat is Opus in Ogg; any other sound is a file.</summary>
    public bool IsVoice => MediaTable.Plain(Named) == Voice;

    /// <summary>The type in the platform's own spelling.</summary>
    public string Named => MediaTable.Plain(MimeType) switch
    {
        "image/jpg" => "image/jpeg",
        "audio/x-m4a" or "audio/m4a" => "audio/mp4",
        "audio/mp3" => "audio/mpeg",
        "audio/opus" or Voice => "audio/ogg; codecs=opus",
        "" => "application/octet-stream",
        var other => other,
    };

    /// <summary>Why the phone does not send it; null when it does.</summary>
    public string? Refusal()
    {
        if (Bytes.Length == 0)
            return "The file is empty.";

        return IsTooLarge(Kind) ? $"The {Kind} is larger than {MediaTable.Largest(Kind, Bytes)} bytes." : null;
    }

    private bool IsTooLarge(string kind) => Bytes.Length > MediaTable.Largest(kind, Bytes);
}
