using System.Text.Json;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>Cases recorded from the real Elsa, once in each flowchart mode.</summary>
internal static class RecordedFormat
{
    public static IEnumerable<ConformanceCase> Read(JsonElement file, string fileName)
    {
        var name = Text(file, "name") ?? fileName;
        var definitions = file.GetProperty("definitions").EnumerateArray().ToArray();
        foreach (var mode in file.GetProperty("recorded").EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Object && m.Value.TryGetProperty("steps", out _)))
        {
            yield return new ConformanceCase($"{name} ({mode.Name})", Scope.Missing(definitions), () => Run(file, definitions, mode));
        }
    }

    private static string? Run(JsonElement file, JsonElement[] definitions, JsonProperty recorded)
    {
        var engine = new ConformanceEngine { Mode = recorded.Name, Catalog = Scope.Catalog };
        if (engine.PublishAll(definitions) is { } refused) return $"refused: {refused}";

        var steps = recorded.Value.GetProperty("steps").EnumerateArray().ToArray();
        var isTimed = steps.Any(s => s.GetProperty("op").GetProperty("op").GetString() == "wait" && IsEarly(file));
        for (var i = 0; i < steps.Length; i++)
        {
            engine.Lines.Clear();
            if (Act(engine, file, steps[i].GetProperty("op")) is { } unknown) return $"step {i + 1}: {unknown}";
            // When a stimulus waits for its bookmark, only the end state is a promise (the recordings' own note).
            if (isTimed && i < steps.Length - 1) continue;
            if (Check(engine, steps[i], steps, isTimed) is { } difference) return $"step {i + 1}: {difference}";
        }

        return null;
    }

    /// <summary>An event comes before the first start.</summary>
    private static bool IsEarly(JsonElement file) => file.TryGetProperty("steps", out var steps) && steps.GetArrayLength() > 0 && Text(steps[0], "op") == "event";

    private static string? Act(ConformanceEngine engine, JsonElement file, JsonElement op)
    {
        if (Known.Check(op, "a step", Known.Op) is { } unknown) return unknown;
        switch (op.GetProperty("op").GetString())
        {
            case "start":
                engine.Main = engine.Start(Text(op, "definitionId") ?? Text(file, "start") ?? engine.Versions[0].DefinitionId, Payloads.Map(op, "input"), Text(op, "correlationId"), Text(op, "as") ?? "a");
                break;
            case "event":
                var only = Text(op, "instance") is { } alias ? engine.Runs.Find(r => r.Alias == alias) : null;
                engine.PublishEvent(Text(op, "name")!, Payloads.Value(op, "payload"), Text(op, "correlationId"), only);
                break;
            case "wait":
                engine.Wait(TimeSpan.FromMilliseconds(op.GetProperty("ms").GetInt32()));
                break;
            case "cancel":
                engine.Cancel(engine.Runs.Find(r => r.Alias == (Text(op, "instance") ?? "a")) ?? engine.Runs[0]);
                break;
            case var other:
                return $"nobody knows the step '{other}'";
        }

        return null;
    }

    private static string? Check(ConformanceEngine engine, JsonElement step, JsonElement[] steps, bool isTimed)
    {
        if (Text(step, "error") is { } error) return $"the recording has an error that nobody expects here: {error}";
        if (!isTimed && Optional(step, "consoleLines", lines => Compare.Lines(lines, engine.Lines)) is { } lines) return lines;
        if (!step.TryGetProperty("instances", out var recorded)) return null;
        var instances = recorded.EnumerateArray().ToArray();
        if (instances.Length != engine.Runs.Count) return $"instances: expected {instances.Length}, got {engine.Runs.Count}";
        var isCancelled = steps.Any(s => s.GetProperty("op").GetProperty("op").GetString() == "cancel");
        for (var i = 0; i < instances.Length; i++)
        {
            if (CheckInstance(instances[i], engine.Runs[i], isCancelled) is { } difference) return $"instance {i + 1} {difference}";
        }

        return null;
    }

    private static string? CheckInstance(JsonElement expected, StoredRun run, bool isCancelled) => IsSilentlyStuck(expected)
        ? NotStuckHere(run)
        : Compare.Text("status", $"{Text(expected, "status")}/{Text(expected, "subStatus")}", run.Status)
        ?? Compare.Text("correlation", Text(expected, "correlationId"), run.Instance.CorrelationId)
        ?? Compare.Text("name", Text(expected, "name"), run.Instance.Name)
        ?? Optional(expected, "incidentCount", count => Compare.Text("incidents", count.GetRawText(), $"{run.Instance.Incidents.Count}"))
        ?? Optional(expected, "bookmarks", bookmarks => Compare.Bookmarks(bookmarks, run.Instance))
        ?? Compare.Values("variable", Variables(expected, run), run.Instance.Variables)
        ?? Optional(expected, "output", output => Compare.Values("output", output.EnumerateObject().Select(o => (o.Name, o.Value)), run.Instance.Output))
        ?? Optional(expected, "journal", journal => Compare.Journal(
            journal.EnumerateArray().Select(j => (Text(j, "activityId")!, Text(j, "event")!)),
            run.Journal,
            isCancelled));

    /// <summary>Elsa left it suspended with nothing that could ever wake it and no incident: the one answer that must not be repeated.</summary>
    private static bool IsSilentlyStuck(JsonElement expected) =>
        Text(expected, "subStatus") == "Suspended" && expected.TryGetProperty("bookmarks", out var bookmarks) && bookmarks.GetArrayLength() == 0
        && expected.TryGetProperty("incidentCount", out var incidents) && incidents.GetInt32() == 0;

    private static string? NotStuckHere(StoredRun run) =>
        !run.IsRunning || run.Instance.Bookmarks.Count > 0 || run.Instance.Incidents.Count > 0 ? null : "is stuck without a bookmark or an incident";

    /// <summary>The definition's own variables; those of a container are gone with it.</summary>
    private static IEnumerable<(string Name, JsonElement Value)> Variables(JsonElement expected, StoredRun run) => (expected.TryGetProperty("variables", out var variables) ? variables.EnumerateArray() : default)
        .Select(v => (Name: Text(v, "name")!, Value: v.GetProperty("value")))
        .Where(v => run.Instance.Variables.ContainsKey(v.Name));

    private static string? Optional(JsonElement element, string name, Func<JsonElement, string?> check) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? check(value) : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
