using System.Collections.Frozen;

namespace FlowEngine.WaSim.Media;

/// <summary>What the provider takes: kinds of message by MIME type, and the largest file of each kind (cloud-api.md section 6).</summary>
internal static class MediaTable
{
    /// <summary>The provider takes documents of 100 MB; here they share a store of that size, so they are capped lower.</summary>
    public const long LargestDocument = 32 * Mega;

    private const long Kilo = 1024;
    private const long Mega = 1024 * Kilo;

    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>
    {
        ["image/jpeg"] = "image",
        ["image/png"] = "image",
        ["image/webp"] = "sticker",
        ["audio/aac"] = "audio",
        ["audio/amr"] = "audio",
        ["audio/mpeg"] = "audio",
        ["audio/mp4"] = "audio",
        ["audio/ogg"] = "audio",
        ["video/mp4"] = "video",
        ["video/3gpp"] = "video",
        ["application/pdf"] = "document",
        ["text/plain"] = "document",
        ["application/msword"] = "document",
        ["application/vnd.ms-excel"] = "document",
        ["application/vnd.ms-powerpoint"] = "document",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "document",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "document",
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = "document",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The type without its parameters, in small letters.</summary>
    public static string Plain(string mimeType) => mimeType.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>image, sticker, audio, video or document; null for a type that the provider does not take.</summary>
    public static string? KindOf(string mimeType) => Kinds.GetValueOrDefault(Plain(mimeType));

    /// <summary>Whether a message of this type may carry a file of this MIME type; a document may be any file.</summary>
    public static bool Carries(string messageType, string mimeType) => messageType == "document" || KindOf(mimeType) == messageType;

    /// <summary>In bytes. A moving sticker may be larger than a still one.</summary>
    public static long Largest(string kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        "image" => 5 * Mega,
        "audio" or "video" => 16 * Mega,
        "sticker" => (MediaSignature.Moves(bytes) ? 500 : 100) * Kilo,
        _ => LargestDocument,
    };
}
