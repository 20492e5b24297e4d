namespace FlowEngine.Server.Studio.Instances;

/// <summary>The badges of one activity: how often it began and ended, whether it waits, whether it failed.</summary>
internal sealed record ActivityStats(
    string ActivityId, string ActivityNodeId, int StartedCount, int CompletedCount, int UncompletedCount, bool IsBlocked, bool IsFaulted, int AggregateFaultCount, IReadOnlyDictionary<string, object> Metadata)
{
    private static readonly Dictionary<string, object> Nothing = [], Retried = new() { [RetryAttempt.Flag] = true };

    public static IReadOnlyList<ActivityStats> Of(IEnumerable<ActivityRecord> records) => [.. records.GroupBy(r => r.First.NodeId, StringComparer.Ordinal).Select(Of)];

    private static ActivityStats Of(IGrouping<string, ActivityRecord> executions)
    {
        var all = executions.ToList();
        var ended = all.Count(r => r.Status is "Completed" or "Canceled");
        return new ActivityStats(
            all[0].First.ActivityId, executions.Key, all.Count, all.Count(r => r.Status == "Completed"), all.Count - ended, all.Exists(r => r.IsWaiting), all.Exists(r => r.Status == "Faulted"),
            all.Sum(r => r.Faults), all.Exists(r => r.HasRetries) ? Retried : Nothing);
    }
}
