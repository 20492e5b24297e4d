using System.Text.Json.Nodes;
using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>A run as a file for people who look into it elsewhere: state, journal, executions.</summary>
internal static class InstanceExport
{
    public static async Task<JsonObject?> Of(FlowEngineContext context, string id, FlowLibrary flows, CancellationToken cancel)
    {
        if (await ReadInstances.Find(context, id, cancel) is not { } row)
        {
            return null;
        }

        var journal = new JsonArray();
        await foreach (var line in JournalReader.Lines(context, row.Id, cancel))
        {
            journal.Add((JsonNode)JournalCalls.Entry(line));
        }

        return new JsonObject
        {
            ["workflowState"] = InstanceView.State(row, flows),
            ["workflowExecutionLogRecords"] = journal,
            ["activityExecutionRecords"] = new JsonArray([.. (await ActivityRecord.Read(context, row.Id, cancel)).Select(r => (JsonNode)r.Whole())]),
        };
    }
}
