using System.Text.Json;

namespace FlowEngine.Tests.Workflows.Conformance;

internal static class ExpectedSteps
{
    /// <summary>Null, or why the step cannot be acted out.</summary>
    public static string? Act(ConformanceEngine engine, JsonElement found, JsonElement step)
    {
        if (Known.Check(step, "a step", Known.Step) is { } unknown) return unknown;
        switch (step.GetProperty("op").GetString())
        {
            case "run":
                engine.Main = engine.Start(
                    Text(step, "definitionId") ?? Text(found, "mainDefinitionId") ?? engine.Versions[0].DefinitionId, Payloads.Map(step, "input") ?? Payloads.Map(found, "input"),
                    Text(step, "correlationId") ?? Text(found, "correlationId"));
                break;
            case "event":
                engine.PublishEvent(Text(step, "name")!, Payloads.Value(step, "payload"), Text(step, "correlationId"));
                break;
            case "resume-activity":
                var run = engine.Main;
                if (run.Instance.Bookmarks.Find(b => b.ActivityId == Text(step, "activityId")) is { } bookmark) engine.Resume(run, bookmark, Payloads.Value(step, "payload") ?? Payloads.Value(step, "input"));
                break;
            case "resume-all":
                ResumeAll(engine);
                break;
            case "process-queue":
                engine.ProcessQueue();
                break;
            case "retry":
                var faulted = engine.Main.Instance.Incidents.Last(i => Text(step, "activityId") is not { } wanted || i.ActivityId == wanted);
                engine.Retry(engine.Main, faulted.ActivityInstanceId);
                break;
            case "cancel":
                engine.Cancel(engine.Main);
                break;
            case var other:
                return $"nobody knows the step '{other}'";
        }

        return null;
    }

    public static string? Check(ConformanceEngine engine, JsonElement step)
    {
        if (!step.TryGetProperty("expect", out var expect)) return null;
        if (Known.Check(expect, "an expectation", Known.Expected) is { } unknown) return unknown;
        if (Optional(expect, "lines", lines => Compare.Lines(lines, engine.Lines)) is { } lines) return lines;
        if (engine.Runs.Count == 0) return null;
        var run = engine.Main;
        return Optional(expect, "status", status => Compare.Text("status", status.GetString(), $"{run.Instance.Status}"))
            ?? Optional(expect, "subStatus", status => Compare.Text("sub-status", status.GetString(), $"{run.Instance.SubStatus}"))
            ?? Optional(expect, "bookmarks", bookmarks => Compare.Bookmarks(bookmarks, run.Instance))
            ?? Optional(expect, "incidents", incidents => Compare.Sequence(
                "incidents",
                incidents.EnumerateArray().Select(i => $"{Text(i, "activityId")}: {Text(i, "message")}"),
                run.Instance.Incidents.Select(i => $"{i.ActivityId}: {i.Message}")))
            ?? Optional(expect, "variables", variables => Compare.Values("variable", Members(variables), run.Instance.Variables))
            ?? Optional(expect, "output", output => Compare.Values("output", Members(output), run.Instance.Output))
            ?? Optional(expect, "correlationId", id => Compare.Text("correlation", id.GetString(), run.Instance.CorrelationId))
            ?? Optional(expect, "name", name => Compare.Text("name", name.GetString(), run.Instance.Name));
    }

    public static string? CheckEnd(ConformanceEngine engine, JsonElement found, List<string> all) =>
        Optional(found, "asserted", asserted => CheckAsserted(engine, asserted, all))
        ?? Optional(found, "instancesAtEnd", instances => Compare.Sequence(
            "instances",
            instances.EnumerateArray().Select(i => Known.Check(i, "an instance", Known.Instance) ?? $"{Text(i, "definitionId")} {Version(i)} {Text(i, "status")}/{Text(i, "subStatus")} {Number(i, "incidents")} {Text(i, "correlationId")}").Order(StringComparer.Ordinal),
            engine.Runs.Select(r => $"{r.Graph.DefinitionId} {Imported(engine, r)} {r.Status} {r.Instance.Incidents.Count} {r.Instance.CorrelationId}").Order(StringComparer.Ordinal)))
        ?? Optional(found, "journal", journal => Compare.Journal(
            journal.EnumerateArray().Select(j => (Text(j, "activityId")!, Text(j, "event")!)),
            engine.Main.Journal))
        ?? Optional(found, "activityRecords", records => Records.Compare(records, engine.Main, found.GetProperty("steps").EnumerateArray().Any(s => Text(s, "op") == "cancel")));

    private static string? CheckAsserted(ConformanceEngine engine, JsonElement asserted, List<string> all) =>
        Known.Check(asserted, "what is asserted", Known.Asserted)
        ?? Optional(asserted, "lines", lines => Compare.Lines(lines, all))
        ?? Optional(asserted, "linesContain", lines => lines.EnumerateArray().Select(l => l.GetString()!).FirstOrDefault(l => !all.Contains(l)) is { } missing ? $"no line '{missing}' in [{string.Join(" | ", all)}]" : null)
        ?? Optional(asserted, "status", status => Compare.Text("status", status.GetString(), $"{engine.Main.Instance.Status}"))
        ?? Optional(asserted, "subStatus", status => Compare.Text("sub-status", status.GetString(), $"{engine.Main.Instance.SubStatus}"))
        ?? Optional(asserted, "firstVariable", value => Compare.Values("the first variable", [(engine.Main.Instance.Variables.Keys.FirstOrDefault() ?? "", value)], engine.Main.Instance.Variables))
        ?? Optional(asserted, "childCorrelationId", id => Compare.Text("the child's correlation", id.GetString(), engine.Runs[1].Instance.CorrelationId))
        ?? Optional(asserted, "writeLineTextPersisted", kept => Compare.Sequence(
            "texts kept",
            kept.EnumerateArray().Select(k => $"{k.GetBoolean()}"),
            engine.Main.Journal.Where(j => j is { EventName: "Started", ActivityType: "Elsa.WriteLine" }).Select(j => $"{j.ActivityState?.ContainsKey("Text") == true}")))
        ?? Optional(asserted, "journalOnce", once => Compare.Text(
            "journal entries",
            "1",
            $"{engine.Main.Journal.Count(j => j.ActivityId == Text(once, "activityId") && j.EventName == Text(once, "event"))}"));

    private static void ResumeAll(ConformanceEngine engine)
    {
        var run = engine.Main;
        // Each round resumes what waited when it began; a flow that always waits again is cut off.
        for (var round = 0; round < 100 && run.IsRunning && run.Instance.Bookmarks.Count > 0; round++)
        {
            foreach (var bookmark in run.Instance.Bookmarks.ToArray()) engine.Resume(run, bookmark, null);
        }
    }

    private static string? Optional(JsonElement element, string name, Func<JsonElement, string?> check) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? check(value) : null;

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement element) => element.EnumerateObject().Select(p => (p.Name, p.Value));

    /// <summary>An import counts versions anew: the first file of a definition is its version 1, whatever stands in it.</summary>
    private static int Imported(ConformanceEngine engine, StoredRun run) =>
        engine.Versions.Where(v => v.DefinitionId == run.Graph.DefinitionId).TakeWhile(v => v != run.Graph).Count() + 1;

    private static string Version(JsonElement instance) => instance.TryGetProperty("version", out var version) ? version.GetRawText() : "1";

    private static string Number(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "0";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
