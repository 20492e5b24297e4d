using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace FlowEngine.Server.Studio.Wire;

/// <summary>One file that came with a form, or out of a zip that did; or why it cannot be read.</summary>
internal sealed record UploadedFile(string Name, byte[] Content, string? Problem = null);

/// <summary>The JSON files of a form, by themselves or in zips.</summary>
internal static class UploadedFiles
{
    /// <summary>Files of one zip; what an export packs together is fewer.</summary>
    private const int MostEntries = 1000;

    /// <summary>Bytes of a zip that holds nothing: its end record. A form's stream cannot be searched for it before its own beginning.</summary>
    private const int SmallestZip = 22;

    /// <param name="largest">Bytes of one file, unpacked; a larger one is a problem and is not read to its end.</param>
    public static async IAsyncEnumerable<UploadedFile> Of(IFormFileCollection files, int largest, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var file in files)
        {
            await using var stream = file.OpenReadStream();
            if (!file.FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                yield return await Read(file.FileName, stream, largest, cancel);
                continue;
            }

            await foreach (var unpacked in Unpacked(file.FileName, stream, largest, cancel))
            {
                yield return unpacked;
            }
        }
    }

    private static async IAsyncEnumerable<UploadedFile> Unpacked(string name, Stream stream, int largest, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var zip = Open(stream);
        var entries = zip?.Entries.Where(e => e.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).ToList() ?? [];
        if (entries.Count is 0 or > MostEntries)
        {
            yield return new UploadedFile(name, [], zip is null ? "The file is no zip." : entries.Count == 0 ? "The zip holds no JSON file." : $"The zip holds more than {MostEntries} files.");
            yield break;
        }

        foreach (var entry in entries)
        {
            yield return await Unpack(entry, largest, cancel);
        }
    }

    private static ZipArchive? Open(Stream stream)
    {
        try
        {
            return stream.Length < SmallestZip ? null : new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<UploadedFile> Unpack(ZipArchiveEntry entry, int largest, CancellationToken cancel)
    {
        try
        {
            await using var content = await entry.OpenAsync(cancel);
            return await Read(entry.FullName, content, largest, cancel);
        }
        catch (InvalidDataException)
        {
            return new UploadedFile(entry.FullName, [], "The file cannot be unpacked.");
        }
    }

    private static async Task<UploadedFile> Read(string name, Stream stream, int largest, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        var part = new byte[81920];
        for (int read; (read = await stream.ReadAsync(part, cancel)) > 0;)
        {
            buffer.Write(part, 0, read);
            if (buffer.Length > largest)
            {
                return new UploadedFile(name, [], $"The file is larger than {largest / (1024 * 1024)} MiB.");
            }
        }

        return new UploadedFile(name, buffer.ToArray());
    }
}
