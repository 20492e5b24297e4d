namespace FlowEngine.Server.Media;

/// <summary>As what a file goes to a lead: what the provider shows in place within its limits (cloud-api.md section 6), everything else as a document.</summary>
public static class MediaKinds
{
    public const string Document = "document";
    private const long MiB = 1024 * 1024;

    /// <summary>Types that a browser shows or plays without running anything of them.</summary>
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "video/mp4", "video/3gpp",
    };

    /// <summary>One of image, video, audio, document.</summary>
    /// <param name="size">In bytes; what is too large for its kind goes as a document, which carries more.</param>
    public static string Of(string? mimeType, long size) => BaseOf(mimeType) switch
    {
        "image/jpeg" or "image/png" when size <= 5 * MiB => "image",
        "video/mp4" or "video/3gpp" when size <= 16 * MiB => "video",
        "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg" when size <= 16 * MiB => "audio",
        _ => Document,
    };

    /// <summary>As what a lead's own file is shown: the same, and pictures that only the provider would not take.</summary>
    public static string OfLead(string? mimeType, long size) => BaseOf(mimeType) is "image/webp" or "image/gif" ? Of("image/png", size) : Of(mimeType, size);

    /// <summary>Whether a browser may show it in place; everything else is a download.</summary>
    /// <param name="baseType">As <see cref="BaseOf"/> answers it.</param>
    public static bool IsShown(string? baseType) => baseType is not null && Shown.Contains(baseType);

    /// <summary>Without parameters, in lower case; null for what is no type.</summary>
    public static string? BaseOf(string? mimeType) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(mimeType, out var parsed) ? parsed.MediaType?.ToLowerInvariant() : null;
}
