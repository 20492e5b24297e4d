using System.Security.Cryptography;

namespace FlowEngine.WaSim.Media;

/// <summary>
/// The files of both sides, in memory and, given a folder, over restarts. It is bounded: what is too much for it pushes out the oldest that
/// people sent, and then the oldest uploads.
/// </summary>
public sealed class MediaStore
{
    private const int IdDigits = 15;

    private readonly Lock gate = new();
    private readonly List<MediaItem> items;
    private readonly MediaShelf shelf;
    private readonly long budget;
    private readonly TimeProvider clock;
    private readonly Chance chance;

    internal MediaStore(WaSimOptions options, TimeProvider clock, Chance chance)
    {
        shelf = new MediaShelf(options.File is { } file ? Path.ChangeExtension(Path.GetFullPath(file), ".media") : null);
        items = [.. shelf.Sweep()];
        budget = options.MediaBudget;
        this.clock = clock;
        this.chance = chance;
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<MediaItem> All
    {
        get
        {
            lock (gate)
            {
                return [.. items];
            }
        }
    }

    /// <param name="from">The person who sends it; null for an upload of the business.</param>
    public MediaItem Add(byte[] bytes, string mimeType, string? fileName = null, string? from = null)
    {
        lock (gate)
        {
            var item = new MediaItem(FreeId(), mimeType, Convert.ToBase64String(SHA256.HashData(bytes)), bytes.Length, fileName, clock.GetUtcNow(), from);
            shelf.Put(item, bytes);
            items.Add(item);
            MakeRoom(item);
            return item;
        }
    }

    /// <summary>The file as long as its bytes are there.</summary>
    public MediaItem? Find(string id)
    {
        lock (gate)
        {
            return items.Find(item => item.Id == id);
        }
    }

    /// <summary>The file as long as the Graph surface knows it: 7 days what people sent, 30 days an upload.</summary>
    public MediaItem? Current(string id) => Find(id) is { } item && clock.GetUtcNow() < item.ExpiresAt ? item : null;

    public byte[]? Bytes(string id)
    {
        lock (gate)
        {
            return items.Exists(item => item.Id == id) ? shelf.Get(id) : null;
        }
    }

    public bool Remove(string id)
    {
        lock (gate)
        {
            if (items.RemoveAll(item => item.Id == id) == 0)
                return false;

            shelf.Drop(id);
            return true;
        }
    }

    public void Clear()
    {
        foreach (var item in All)
            Remove(item.Id);
    }

    private string FreeId()
    {
        string id;
        do
        {
            id = chance.Digits(IdDigits);
        }
        while (items.Exists(item => item.Id == id));
        return id;
    }

    private void MakeRoom(MediaItem newest)
    {
        foreach (var old in items.Where(item => item != newest).OrderBy(item => item.From is null).ToList())
        {
            if (items.Sum(item => item.Size) <= budget)
                return;
            Remove(old.Id);
        }
    }
}
