using System.Text.Json.Nodes;
using FlowEngine.Engine;
using FlowEngine.Server.Flows;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Server.Studio.Wire;
using FlowEngine.Workflows.Activities.Http;

namespace FlowEngine.Server.Studio.Instances.Imports;

/// <summary>The journal of an exported run, as rows like those that turns write.</summary>
internal static class JournalOfFile
{
    private static readonly string[] Needed = ["activityInstanceId", "activityId", "activityType", "eventName"];

    /// <summary>What an entry lacks; null when nothing.</summary>
    public static string? Problem(JsonObject line) => Needed.FirstOrDefault(n => line.Text(n) is null) is { } missing ? $"An entry of the journal has no {missing}."
        : Node(line) is null ? "An entry of the journal has no node id."
        : RunFile.Time(line, "timestamp") is null ? "An entry of the journal has no time."
        : null;

    /// <summary>Elsa calls it by two names.</summary>
    public static string? Node(JsonObject item) => item.Text("nodeId") ?? item.Text("activityNodeId");

    /// <summary>One row for all entries of an instant; what an execution's record knows beyond its entries is put into them.</summary>
    public static IEnumerable<StoredJournal> Rows(RunFile run, Ids ids)
    {
        var extras = Extras(run);
        var (at, entries) = (DateTimeOffset.MinValue, new JsonArray());
        foreach (var line in run.Lines)
        {
            if (RunFile.Time(line, "timestamp") is { } time && time > at)
            {
                if (entries.Count > 0)
                {
                    yield return Row(run, ids, at, entries);
                }

                (at, entries) = (time, []);
            }

            entries.Add((JsonNode)Entry(line, extras.GetValueOrDefault((line, true)), extras.GetValueOrDefault((line, false))));
        }

        if (entries.Count > 0)
        {
            yield return Row(run, ids, at, entries);
        }
    }

    /// <summary>The state of executions whose entries tell none, at their first one; their outputs, at their last.</summary>
    private static Dictionary<(JsonObject Line, bool IsState), JsonObject> Extras(RunFile run)
    {
        var extras = new Dictionary<(JsonObject, bool), JsonObject>();
        var byExecution = run.Lines.Where(l => l.Text("eventName") != RetriedAttempts.EventName).ToLookup(l => l.Text("activityInstanceId"), StringComparer.Ordinal);
        foreach (var record in run.Records.Where(r => byExecution.Contains(r.Text("id"))))
        {
            var lines = byExecution[record.Text("id")].ToList();
            if (record["activityState"] is JsonObject { Count: > 0 } state && !lines.Exists(l => l["activityState"] is JsonObject { Count: > 0 }))
            {
                extras[(lines[0], true)] = state;
            }

            if (record["outputs"] is JsonObject { Count: > 0 } outputs)
            {
                extras[(lines[^1], false)] = outputs;
            }
        }

        return extras;
    }

    private static JsonObject Entry(JsonObject line, JsonObject? state, JsonObject? outputs)
    {
        var entry = new JsonObject
        {
            ["s"] = RunFile.Sequence(line), ["e"] = line.Text("eventName"), ["a"] = line.Text("activityId"), ["n"] = Node(line), ["t"] = line.Text("activityType"), ["x"] = line.Text("activityInstanceId"),
        };
        Add("name", line.Text("activityName"));
        Add("p", line.Text("parentActivityInstanceId"));
        Add("m", line.Text("message"));
        Add("o", line["payload"] is JsonObject payload && payload.Texts("Outcomes") is { Count: > 0 } outcomes ? new JsonArray([.. outcomes.Select(o => (JsonNode)o)]) : null);
        Add("state", (state ?? line["activityState"] as JsonObject)?.DeepClone());
        Add("out", outputs?.DeepClone());
        return entry;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                entry[name] = value;
            }
        }
    }

    private static StoredJournal Row(RunFile run, Ids ids, DateTimeOffset at, JsonArray entries) =>
        new() { Id = ids.Next(), InstanceId = run.Id, At = at, Json = FlowDocument.Write(new JsonObject { ["entries"] = entries }) };
}
