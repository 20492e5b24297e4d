using System.Text.Json.Nodes;
using FlowEngine.Server.Persistence;
using FlowEngine.Workflows.Activities.Http;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>One execution of one activity, folded out of its entries in the journal.</summary>
internal sealed record ActivityRecord(string Id, Guid Instance, JournalLine First)
{
    public string Status { get; private set; } = "Running";

    public bool IsWaiting { get; private set; }

    public int Faults { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Attempts of its work that failed and were followed by another, oldest first.</summary>
    public List<RetryAttempt> Retried { get; } = [];

    /// <summary>Whether its work, or that of an execution within it, was tried again.</summary>
    public bool HasRetries { get; private set; }

    private JsonObject State { get; } = [];

    private JsonObject Outputs { get; } = [];

    private IReadOnlyList<string>? Outcomes { get; set; }

    private string? Failure { get; set; }

    /// <summary>The executions of a run, oldest first.</summary>
    public static async Task<IReadOnlyList<ActivityRecord>> Read(FlowEngineContext context, Guid instance, CancellationToken cancel)
    {
        var records = new Dictionary<string, ActivityRecord>(StringComparer.Ordinal);
        await foreach (var line in JournalReader.Lines(context, instance, cancel))
        {
            if (!records.TryGetValue(line.ActivityInstanceId, out var record))
            {
                records.Add(line.ActivityInstanceId, record = new ActivityRecord(line.ActivityInstanceId, instance, line));
            }

            record.Add(line);
        }

        foreach (var record in records.Values.Where(r => r.Retried.Count > 0))
        {
            for (var at = record; at is { HasRetries: false }; at = at.First.Parent is { } parent ? records.GetValueOrDefault(parent) : null)
            {
                at.HasRetries = true;
            }
        }

        return [.. records.Values];
    }

    public JsonObject Summary() => new()
    {
        ["id"] = Id,
        ["workflowInstanceId"] = Instance.ToString(),
        ["activityId"] = First.ActivityId,
        ["activityNodeId"] = First.NodeId,
        ["activityType"] = First.ActivityType,
        ["activityTypeVersion"] = 1,
        ["activityName"] = First.ActivityName,
        ["startedAt"] = First.At.UtcDateTime,
        ["hasBookmarks"] = IsWaiting,
        ["status"] = Status,
        ["aggregateFaultCount"] = Faults,
        ["completedAt"] = CompletedAt?.UtcDateTime,
        ["metadata"] = HasRetries ? new JsonObject { [RetryAttempt.Flag] = true } : new JsonObject(),
        ["schedulingActivityExecutionId"] = First.Parent,
        ["schedulingWorkflowInstanceId"] = First.Parent is null ? null : Instance.ToString(),
    };

    public JsonObject Whole()
    {
        var whole = Summary();
        whole["activityState"] = State.DeepClone();
        whole["outputs"] = Outputs.DeepClone();
        whole["payload"] = Outcomes is { Count: > 0 } outcomes ? JournalCalls.Outcomes(outcomes) : null;
        whole["properties"] = new JsonObject();
        whole["exception"] = Failure is null ? null : InstanceView.Failure(Failure, null, null);
        return whole;
    }

    private void Add(JournalLine line)
    {
        if (line.Event == RetriedAttempts.EventName)
        {
            Retried.AddRange(RetryAttempt.Of(line));
            return;
        }

        IsWaiting = line.Event == JournalLine.Suspended;
        Status = line.Event switch
        {
            JournalLine.Completed => "Completed",
            JournalLine.Faulted => "Faulted",
            JournalLine.Canceled => "Canceled",
            _ => "Running",
        };
        CompletedAt = Status is "Completed" or "Canceled" ? line.At : null;
        Faults += line.Event == JournalLine.Faulted ? 1 : 0;
        Failure = line.Event == JournalLine.Faulted ? line.Message ?? "The activity failed." : Status == "Running" && Failure is not null && line.Event != JournalLine.Started ? Failure : null;
        Outcomes = line.Outcomes ?? Outcomes;
        Merge(State, line.State);
        Merge(Outputs, line.Outputs);
    }

    private static void Merge(JsonObject into, JsonObject? from)
    {
        foreach (var (name, value) in from ?? [])
        {
            into[name] = value?.DeepClone();
        }
    }
}
