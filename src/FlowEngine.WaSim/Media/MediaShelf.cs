using System.Text.Json;

namespace FlowEngine.WaSim.Media;

/// <summary>
/// Where the bytes lie: in a folder, each file beside a small JSON that describes it, or in memory only. What a kill left half written is
/// swept away at the next start.
/// </summary>
internal sealed class MediaShelf
{
    private const string Bytes = ".bin";
    private const string Described = ".json";
    private const string Unfinished = ".part";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    private readonly string? folder;
    private readonly Dictionary<string, byte[]> memory = new(StringComparer.Ordinal);

    /// <param name="folder">Made when it is missing; null keeps everything in memory.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public MediaShelf(string? folder)
    {
        this.folder = folder;
        if (folder is not null)
            Directory.CreateDirectory(folder);
    }

    /// <summary>What is whole, oldest first; the rest is deleted.</summary>
    public IReadOnlyList<MediaItem> Sweep()
    {
        if (folder is null)
            return [];

        var whole = Directory.EnumerateFiles(folder, "*" + Described).Select(Read).OfType<MediaItem>().OrderBy(item => item.MadeAt).ToList();
        var ids = whole.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => !ids.Contains(Path.GetFileNameWithoutExtension(path))).ToList())
            File.Delete(path);
        return whole;
    }

    public void Put(MediaItem item, byte[] bytes)
    {
        if (folder is null)
        {
            memory[item.Id] = bytes;
            return;
        }

        Write(PathOf(item.Id, Bytes), bytes);
        Write(PathOf(item.Id, Described), JsonSerializer.SerializeToUtf8Bytes(item, Format));
    }

    /// <returns>Null when somebody took the file away.</returns>
    public byte[]? Get(string id)
    {
        if (folder is null)
            return memory.GetValueOrDefault(id);

        var path = PathOf(id, Bytes);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    public void Drop(string id)
    {
        memory.Remove(id);
        if (folder is null)
            return;

        File.Delete(PathOf(id, Described));
        File.Delete(PathOf(id, Bytes));
    }

    private MediaItem? Read(string path)
    {
        try
        {
            var item = JsonSerializer.Deserialize<MediaItem>(File.ReadAllBytes(path), Format);
            var bytes = new FileInfo(Path.ChangeExtension(path, Bytes));
            return item is not null && item.Id == Path.GetFileNameWithoutExtension(path) && bytes.Exists && bytes.Length == item.Size ? item : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        var unfinished = path + Unfinished;
        File.WriteAllBytes(unfinished, bytes);
        File.Move(unfinished, path, overwrite: true);
    }

    private string PathOf(string id, string ending) => Path.Combine(folder!, id + ending);
}
