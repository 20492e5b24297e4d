using System.Text.Json;

namespace FlowEngine.Tests.Workflows.Conformance;

internal static class ExpectedSteps
{
    public static void Act(ConformanceEngine engine, JsonElement found, JsonElement step)
    {
        switch (step.GetProperty("op").GetString())
        {
            case "run":
                var correlation = found.TryGetProperty("correlationId", out var id) ? id.GetString() : null;
                engine.Start(found.GetProperty("mainDefinitionId").GetString()!, Payloads.Map(step, "input") ?? Payloads.Map(found, "input"), correlation);
                break;
            case "event":
                engine.PublishEvent(Text(step, "name")!, Payloads.Value(step, "payload"), Text(step, "correlationId"));
                break;
            case "resume-activity":
                var run = engine.Runs[0];
                if (run.Instance.Bookmarks.Find(b => b.ActivityId == Text(step, "activityId")) is { } bookmark) engine.Resume(run, bookmark, null);
                break;
            case "resume-all":
                ResumeAll(engine);
                break;
            case "process-queue":
                engine.ProcessQueue();
                break;
            case "retry":
                var faulted = engine.Runs[0].Instance.Incidents.Last(i => Text(step, "activityId") is not { } wanted || i.ActivityId == wanted);
                engine.Retry(engine.Runs[0], faulted.ActivityInstanceId);
                break;
            case "cancel":
                engine.Cancel(engine.Runs[0]);
                break;
        }
    }

    public static string? Check(ConformanceEngine engine, JsonElement step)
    {
        if (!step.TryGetProperty("expect", out var expect)) return null;
        var run = engine.Runs[0];
        return Optional(expect, "lines", lines => Compare.Lines(lines, engine.Lines))
            ?? Optional(expect, "status", status => Compare.Text("status", $"{status.GetString()}/{Text(expect, "subStatus")}", run.Status))
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
            instances.EnumerateArray().Select(i => $"{Text(i, "definitionId")} {Text(i, "status")}/{Text(i, "subStatus")} {i.GetProperty("incidents").GetRawText()}").Order(StringComparer.Ordinal),
            engine.Runs.Select(r => $"{r.Graph.DefinitionId} {r.Status} {r.Instance.Incidents.Count}").Order(StringComparer.Ordinal)))
        ?? Optional(found, "journal", journal => Compare.Journal(
            journal.EnumerateArray().Select(j => (Text(j, "activityId")!, Text(j, "event")!)),
            engine.Runs[0].Journal));

    private static string? CheckAsserted(ConformanceEngine engine, JsonElement asserted, List<string> all) =>
        Optional(asserted, "lines", lines => Compare.Lines(lines, all))
        ?? Optional(asserted, "linesContain", lines => lines.EnumerateArray().Select(l => l.GetString()!).FirstOrDefault(l => !all.Contains(l)) is { } missing ? $"no line '{missing}' in [{string.Join(" | ", all)}]" : null)
        ?? Optional(asserted, "status", status => Compare.Text("status", status.GetString(), $"{engine.Runs[0].Instance.Status}"))
        ?? Optional(asserted, "childCorrelationId", id => Compare.Text("the child's correlation", id.GetString(), engine.Runs[1].Instance.CorrelationId))
        ?? Optional(asserted, "writeLineTextPersisted", kept => Compare.Sequence(
            "texts kept",
            kept.EnumerateArray().Select(k => $"{k.GetBoolean()}"),
            engine.Runs[0].Journal.Where(j => j is { EventName: "Started", ActivityType: "Elsa.WriteLine" }).Select(j => $"{j.ActivityState?.ContainsKey("Text") == true}")))
        ?? Optional(asserted, "journalOnce", once => Compare.Text(
            "journal entries",
            "1",
            $"{engine.Runs[0].Journal.Count(j => j.ActivityId == Text(once, "activityId") && j.EventName == Text(once, "event"))}"));

    private static void ResumeAll(ConformanceEngine engine)
    {
        var run = engine.Runs[0];
        // Each round resumes what waited when it began; a flow that always waits again is cut off.
        for (var round = 0; round < 100 && run.IsRunning && run.Instance.Bookmarks.Count > 0; round++)
        {
            foreach (var bookmark in run.Instance.Bookmarks.ToArray()) engine.Resume(run, bookmark, null);
        }
    }

    private static string? Optional(JsonElement element, string name, Func<JsonElement, string?> check) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? check(value) : null;

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement element) => element.EnumerateObject().Select(p => (p.Name, p.Value));

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
