using System.Text.Json;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>Cases of an <c>expected.json</c> with its definition files beside it.</summary>
internal static class ExpectedFormat
{
    public static IEnumerable<ConformanceCase> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var found in document.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.Clone()))
        {
            var definitions = found.GetProperty("definitions").EnumerateArray().Select(f => Definition(path, f.GetString()!)).ToArray();
            yield return new ConformanceCase(found.GetProperty("id").GetString()!, OutOfScope(found, definitions), () => Run(found, definitions, isDeferring: false) is { } difference && (!HasQueueStep(found) || Run(found, definitions, isDeferring: true) is not null) ? difference : null);
        }
    }

    private static JsonElement Definition(string path, string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(path)!, file)).AsMemory();
        using var document = JsonDocument.Parse(bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        return document.RootElement.Clone();
    }

    private static string? OutOfScope(JsonElement found, JsonElement[] definitions)
    {
        var needs = found.TryGetProperty("requires", out var requires) ? requires.EnumerateArray().Select(r => r.GetString()!).Where(r => r is not ("liquid" or "csharp")).ToArray() : [];
        if (needs.Length > 0) return string.Join(", ", needs);
        return Scope.Missing(definitions);
    }

    /// <summary>When Elsa's queues are emptied is a matter of its workers; a case that says when may mean that or the moment itself.</summary>
    private static bool HasQueueStep(JsonElement found) =>
        found.TryGetProperty("steps", out var steps) && steps.EnumerateArray().Any(s => s.GetProperty("op").GetString() == "process-queue");

    private static string? Run(JsonElement found, JsonElement[] definitions, bool isDeferring)
    {
        var engine = new ConformanceEngine { Mode = found.TryGetProperty("flowchartMode", out var mode) ? mode.GetString()! : "CounterBased", Catalog = Scope.Catalog, IsDeferring = isDeferring };
        if (engine.PublishAll(definitions) is { } refused) return $"refused: {refused}";

        if (!found.TryGetProperty("steps", out var steps) || steps.GetArrayLength() == 0) return ExpectedActs.Run(engine, found, definitions);
        var all = new List<string>();
        var last = new List<string>();
        string? difference = null;
        var index = 0;
        foreach (var step in steps.EnumerateArray())
        {
            index++;
            engine.Lines.Clear();
            difference ??= ExpectedSteps.Act(engine, found, step) is { } unknown ? $"step {index}: {unknown}" : null;
            all.AddRange(engine.Lines);
            last = [.. engine.Lines];
            if (difference is null && ExpectedSteps.Check(engine, step) is { } differs) difference = $"step {index}: {differs}";
        }

        difference ??= ExpectedSteps.CheckEnd(engine, found, all);
        if (difference is null || !found.TryGetProperty("knownDefect", out var defect)) return difference;
        return IsPreferred(defect, engine, all, last) ? null : difference;
    }

    /// <summary>Elsa's own answer is judged wrong: the preferred lines count, or at least a run that is not silently stuck.</summary>
    private static bool IsPreferred(JsonElement defect, ConformanceEngine engine, List<string> all, List<string> last)
    {
        if (defect.TryGetProperty("preferredLines", out var lines)) return Compare.Lines(lines, last) is null || Compare.Lines(lines, all) is null;
        var instance = engine.Main.Instance;
        return !engine.Main.IsRunning || instance.Bookmarks.Count > 0 || instance.Incidents.Count > 0;
    }
}
