using FlowEngine.Conversations;

namespace FlowEngine.Server.Media;

/// <summary>A file that is kept here and may be sent.</summary>
/// <param name="Sha256">In base64, as everywhere in messages.</param>
/// <param name="Size">In bytes.</param>
public sealed record KeptFile(string Kind, string Sha256, string? MimeType, string? FileName, long Size)
{
    public MessageContent Say(string? caption) => new() { Kind = Kind, Text = string.IsNullOrEmpty(caption) ? null : caption, Media = new MediaRef(null, MimeType, FileName, Sha256) };
}

/// <summary>Takes files of people and automations in, so that a message may name them.</summary>
public sealed class KeepFile(MediaFiles files, MediaOptions options)
{
    private const int LongestName = 240;
    private const int LongestType = 255;

    public long MaxBytes => options.MaxBytes;

    /// <summary>Null when it is larger than allowed, or has no bytes.</summary>
    public async Task<KeptFile?> Keep(Stream bytes, string? mimeType, string? fileName, CancellationToken cancel) =>
        await files.Write(bytes, options.MaxBytes, cancel) is { Size: > 0 } written
            ? new KeptFile(MediaKinds.Of(mimeType, written.Size), Convert.ToBase64String(Convert.FromHexString(written.Sha256)), MediaKinds.BaseOf(mimeType), NameOf(fileName), written.Size)
            : null;

    /// <summary>Of a lead, who may claim anything: what it is, is read from its bytes. Null when it is larger than allowed, or has no bytes.</summary>
    /// <param name="most">In bytes; the bound for everybody holds too.</param>
    public async Task<KeptFile?> KeepOfLead(Stream bytes, long most, string? claimed, string? fileName, CancellationToken cancel)
    {
        if (await files.Write(bytes, Math.Min(most, options.MaxBytes), cancel) is not { Size: > 0 } written)
        {
            return null;
        }

        var type = FileSignature.TypeOf(await files.Head(written.Sha256, FileSignature.Head, cancel), claimed?.Length <= LongestType ? claimed : null);
        return new KeptFile(MediaKinds.OfLead(type, written.Size), Convert.ToBase64String(Convert.FromHexString(written.Sha256)), type, NameOf(fileName), written.Size);
    }

    /// <summary>The file of a message that is about to be said; null when it is not here.</summary>
    public KeptFile? Find(string? sha256, string? mimeType, string? fileName)
    {
        if (MediaShelf.HexOf(sha256) is not { } hex || files.Find(hex) is not { } path)
        {
            return null;
        }

        var size = new FileInfo(path).Length;
        return new KeptFile(MediaKinds.Of(mimeType, size), sha256!, MediaKinds.BaseOf(mimeType), NameOf(fileName), size);
    }

    /// <summary>Only the last part of a path, without what no file system takes.</summary>
    private static string? NameOf(string? given)
    {
        var name = given?.Split('/', '\\')[^1].Trim();
        var plain = name is null ? "" : string.Concat(name.Where(c => !char.IsControl(c)));
        return plain.Length == 0 ? null : plain.Length <= LongestName ? plain : plain[^LongestName..];
    }
}
