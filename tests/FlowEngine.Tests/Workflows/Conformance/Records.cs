using System.Text.Json;

namespace FlowEngine.Tests.Workflows.Conformance;

/// <summary>Activity execution records, one for each execution, as they follow from the journal of a run (execution-semantics, section 8).</summary>
internal static class Records
{
    /// <summary>Executions that start in the same tick may swap places in Elsa's, so their order is not compared. What a cancelled run left open is closed here.</summary>
    public static string? Compare(JsonElement expected, StoredRun run, bool isCancelled)
    {
        var wanted = expected.EnumerateArray().Select(r => (Record: $"{Text(r, "activityId")} {Status(Text(r, "status"), isCancelled)} {r.GetProperty("aggregateFaultCount").GetInt32()} {r.GetProperty("hasBookmarks").GetBoolean() && !isCancelled}", Outcomes: OutcomesOf(r))).ToList();
        var got = Of(run).Select(r => (Record: $"{r.ActivityId} {Status(r.Status, isCancelled)} {r.Faults} {r.HasBookmarks}", Outcomes: r.Outcomes is { } o ? $"{r.ActivityId}: {string.Join(",", o)}" : null)).ToList();
        var left = got.ConvertAll(g => g.Outcomes);
        return Conformance.Compare.Sequence("activity records", wanted.Select(w => w.Record).Order(StringComparer.Ordinal), got.Select(g => g.Record).Order(StringComparer.Ordinal))
            ?? (wanted.Find(w => w.Outcomes is not null && !left.Remove(w.Outcomes)) is { Outcomes: { } missing } ? $"no activity record with the outcomes {missing}" : null);
    }

    private static IEnumerable<(string ActivityId, string Status, int Faults, bool HasBookmarks, IReadOnlyList<string>? Outcomes)> Of(StoredRun run)
    {
        var parents = run.Journal.Where(j => j.ParentActivityInstanceId is not null).DistinctBy(j => j.ActivityInstanceId).ToDictionary(j => j.ActivityInstanceId, j => j.ParentActivityInstanceId);
        var faults = new Dictionary<string, int>();
        foreach (var fault in run.Journal.Where(j => j.EventName == "Faulted"))
        {
            for (var at = fault.ActivityInstanceId; at is not null; at = parents.GetValueOrDefault(at)) faults[at] = faults.GetValueOrDefault(at) + 1;
        }

        return run.Journal.GroupBy(j => j.ActivityInstanceId).Select(entries => (
            entries.First().ActivityId,
            StatusOf(entries.Select(e => e.EventName)),
            faults.GetValueOrDefault(entries.Key),
            run.Instance.Bookmarks.Exists(b => b.ActivityInstanceId == entries.Key),
            entries.LastOrDefault(e => e.EventName == "Completed")?.Outcomes));
    }

    private static string StatusOf(IEnumerable<string> events) =>
        events.LastOrDefault(e => e is "Started" or "Resumed" or "Completed" or "Canceled" or "Faulted") is { } last and ("Completed" or "Canceled" or "Faulted") ? last : "Running";

    private static string? OutcomesOf(JsonElement record) => record.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("Outcomes", out var outcomes)
        ? $"{Text(record, "activityId")}: {string.Join(",", outcomes.EnumerateArray().Select(o => o.GetString()))}"
        : null;

    private static string? Status(string? status, bool isCancelled) => isCancelled && status == "Canceled" ? "Running" : status;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
