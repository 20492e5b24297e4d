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
            else if (Directory.Exists(folder)) cases.AddRange(RecordedIn(folder));
        }

        return cases;
    }

    private static IEnumerable<ConformanceCase> RecordedIn(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("recorded", out _)) continue;
            foreach (var found in RecordedFormat.Read(document.RootElement.Clone())) yield return found;
        }

        foreach (var below in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            foreach (var found in Find([below])) yield return found;
        }
    }
}
