using System.Buffers;
using System.Security.Cryptography;

namespace FlowEngine.Server.Media;

/// <summary>What was written: the hash that names it, and its size in bytes.</summary>
public readonly record struct WrittenFile(string Sha256, long Size);

/// <summary>
/// The bytes of media, as files named by their SHA-256 (decision 31): the same picture sent a hundred times is one file, and a file that is there is
/// whole, because it gets its name last.
/// </summary>
public sealed class MediaFiles(string folder)
{
    private const int Buffer = 64 * 1024;

    /// <param name="sha256">In lower hexadecimal.</param>
    public string? Find(string sha256) => PathOf(sha256) is { } path && File.Exists(path) ? path : null;

    /// <summary>The first bytes of a file that is here, or all of it when it is shorter.</summary>
    /// <exception cref="FileNotFoundException">It is not here.</exception>
    public async Task<byte[]> Head(string sha256, int bytes, CancellationToken cancel)
    {
        await using var file = File.OpenRead(Find(sha256) ?? throw new FileNotFoundException("There is no such file.", sha256));
        var head = new byte[bytes];
        return head[..await file.ReadAtLeastAsync(head, bytes, throwOnEndOfStream: false, cancel)];
    }

    /// <summary>Null, with nothing kept, when there is more than <paramref name="most"/> bytes of it.</summary>
    public async Task<WrittenFile?> Write(Stream bytes, long most, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var unnamed = Path.Combine(folder, $"{Path.GetRandomFileName()}.part");
        try
        {
            if (await Copy(bytes, unnamed, most, cancel) is not { } written)
            {
                return null;
            }

            var named = PathOf(written.Sha256)!;
            Directory.CreateDirectory(Path.GetDirectoryName(named)!);

            // Dying before this leaves a part that nobody names; after it the file is whole.
            File.Move(unnamed, named, overwrite: true);
            return written;
        }
        finally
        {
            File.Delete(unnamed);
        }
    }

    private static async Task<WrittenFile?> Copy(Stream bytes, string path, long most, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Buffer);
        try
        {
            var size = 0L;
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Buffer, FileOptions.Asynchronous);
            while (await bytes.ReadAsync(buffer.AsMemory(0, Buffer), cancel) is > 0 and var read)
            {
                size += read;
                if (size > most)
                {
                    return null;
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            await file.FlushAsync(cancel);

            // Who is told that it is kept may forget it, so it has to be on the disk and not only on its way there.
            file.Flush(flushToDisk: true);
            return new WrittenFile(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Null for what is no hash: nothing else may become a path.</summary>
    private string? PathOf(string sha256) =>
        sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower) ? Path.Combine(folder, sha256[..2], sha256) : null;
}
