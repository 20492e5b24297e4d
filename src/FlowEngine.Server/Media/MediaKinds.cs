namespace FlowEngine.Server.Media;

/// <summary>As what a file goes to a lead: what the provider shows in place within its limits (cloud-api.md section 6), everything else as a document.</summary>
public static class MediaKinds
{
    public const string Document = "document";
    private const long MiB = 1024 * 1024;

    /// <summary>One of image, video, audio, document.</summary>
    /// <param name="size">In bytes; what is too large for its kind goes as a document, which carries more.</param>
    public static string Of(string? mimeType, long size) => BaseOf(mimeType) switch
    {
        "image/jpeg" or "image/png" when size <= 5 * MiB => "image",
        "video/mp4" or "video/3gpp" when size <= 16 * MiB => "video",
        "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg" when size <= 16 * MiB => "audio",
        _ => Document,
    };

    /// <summary>Without parameters, in lower case; null for what is no type.</summary>
    public static string? BaseOf(string? mimeType) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(mimeType, out var parsed) ? parsed.MediaType?.ToLowerInvariant() : null;
}
