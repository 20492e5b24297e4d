using System.Text.Json;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>One case of a folder: what it needs that is out of scope, and how to act it out; a null outcome is a pass.</summary>
internal sealed record ConformanceCase(string Id, string? OutOfScope, Func<string?> Run)
{
    /// <summary>Cases of all folders below the given ones, in both formats.</summary>
    public static IReadOnlyList<ConformanceCase> Find(IEnumerable<string> folders)
    {
        var cases = new List<ConformanceCase>();
        foreach (var folder in folders)
        {
            var expected = Path.Combine(folder, "expected.json");
            if (File.Exists(expected)) cases.AddRange(ExpectedFormat.Read(expected));
            if (Directory.Exists(folder)) cases.AddRange(RecordedIn(folder));
        }

        return cases;
    }

    private static IEnumerable<ConformanceCase> RecordedIn(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Document(file) is not { } document)
            {
                yield return new ConformanceCase(Path.GetFileName(file), null, () => "is no JSON");
                continue;
            }

            if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("recorded", out var recorded) || recorded.ValueKind != JsonValueKind.Object) continue;
            foreach (var found in RecordedFormat.Read(document, Path.GetFileNameWithoutExtension(file))) yield return found;
        }

        foreach (var below in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            foreach (var found in Find([below])) yield return found;
        }
    }

    /// <summary>Some of Elsa's own files begin with a byte order mark.</summary>
    public static JsonElement? Document(string file)
    {
        var bytes = File.ReadAllBytes(file).AsMemory();
        try
        {
            using var document = JsonDocument.Parse(bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
