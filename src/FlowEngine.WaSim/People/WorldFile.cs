using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowEngine.WaSim.People;

/// <summary>What happened to people and their chats, a line of JSON each, in order. A line that was cut off by a kill is passed over.</summary>
internal sealed class WorldFile : IDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly FileStream stream;

    private WorldFile(FileStream stream) => this.stream = stream;

    /// <param name="path">The file, made with its folder when it is missing; null keeps nothing.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static WorldFile? Open(string? path)
    {
        if (path is null)
            return null;

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new WorldFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
    }

    /// <summary>Every line since the last <see cref="Clear"/>, oldest first; what is appended later goes after them.</summary>
    public IReadOnlyList<WorldLine> Read()
    {
        stream.Position = 0;
        using var reader = new StreamReader(stream, leaveOpen: true);
        var lines = new List<WorldLine>();
        while (reader.ReadLine() is { } text)
        {
            if (Parse(text) is { } line)
                lines.Add(line);
        }

        stream.Position = stream.Length;
        stream.WriteByte((byte)'\n'); // so that nothing is appended to a line that was cut off
        return lines;
    }

    public void Append(WorldLine line)
    {
        stream.Write(JsonSerializer.SerializeToUtf8Bytes(line, Format));
        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    public void Clear() => stream.SetLength(0);

    public void Dispose() => stream.Dispose();

    private static WorldLine? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize<WorldLine>(text, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One thing that happened: somebody joined or changed, a message was written, or a message's ticks moved.</summary>
internal sealed record WorldLine
{
    public Person? Person { get; init; }

    public Bubble? Bubble { get; init; }

    public Mark? Mark { get; init; }
}

/// <summary>How far a message has come.</summary>
internal sealed record Mark(string Id, string Status, int? Error);
