namespace FlowEngine.Server.Persistence.Rows;

public enum MediaState { Wanted = 0, Stored = 1, Gone = 2 }

/// <summary>A file that a message names: wanted of the provider, stored here, or not to be had any more. The bytes are a file named by their hash.</summary>
public sealed class StoredMedia
{
    public Guid Id { get; set; }

    public required string Connection { get; set; }

    /// <summary>The provider's id of it; with the connection it is unique.</summary>
    public required string ProviderId { get; set; }

    public string? MimeType { get; set; }

    /// <summary>SHA-256 in lower hexadecimal: as the provider says while it is wanted, of the bytes once they are stored. Null when nobody has said.</summary>
    public string? Sha256 { get; set; }

    /// <summary>In bytes; null until it is stored.</summary>
    public long? Size { get; set; }

    public MediaState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>When it is fetched next; null when it is not wanted any more.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Why the last attempt failed, or why it is gone.</summary>
    public string? Error { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
