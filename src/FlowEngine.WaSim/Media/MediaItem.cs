using System.Text.Json.Serialization;

namespace FlowEngine.WaSim.Media;

/// <summary>A file that somebody sent or the business uploaded; its bytes are in the <see cref="MediaStore"/>.</summary>
/// <param name="Id">Digits, as the provider's media ids.</param>
/// <param name="MimeType">As declared, parameters included.</param>
/// <param name="Sha256">Base64 of the digest, as webhooks carry it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="From">The person who sent it; null for an upload of the business.</param>
public sealed record MediaItem(string Id, string MimeType, string Sha256, long Size, string? FileName, DateTimeOffset MadeAt, string? From)
{
    private static readonly TimeSpan InboundLives = TimeSpan.FromDays(7);
    private static readonly TimeSpan UploadLives = TimeSpan.FromDays(30);

    /// <summary>From here on the Graph surface no longer knows the id; the phones still show the file.</summary>
    [JsonIgnore]
    public DateTimeOffset ExpiresAt => MadeAt + (From is null ? UploadLives : InboundLives);
}
