using FlowEngine.Server.Persistence;
using FlowEngine.Server.Studio.Instances;

namespace FlowEngine.Server.Studio.Alterations;

/// <summary>Chooses runs by what became of their activities, which only their journals tell.</summary>
internal static class RunsByActivity
{
    /// <summary>Those of the runs that meet each filter by one of their executions, in their order.</summary>
    public static async Task<IReadOnlyList<AlterationTarget>> Of(
        FlowEngineContext context, IReadOnlyList<AlterationTarget> runs, IReadOnlyList<ActivityFilter> filters, CancellationToken cancel)
    {
        var meant = new List<AlterationTarget>();
        foreach (var run in runs)
        {
            var records = await ActivityRecord.Read(context, run.Id, cancel);
            if (filters.All(f => records.Any(f.IsMetBy)))
            {
                meant.Add(run);
            }
        }

        return meant;
    }
}
