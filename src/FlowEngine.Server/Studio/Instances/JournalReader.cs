using System.Runtime.CompilerServices;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>A run's journal in order, turn by turn: never the whole of it in memory.</summary>
internal static class JournalReader
{
    public static async IAsyncEnumerable<JournalLine> Lines(FlowEngineContext context, Guid instance, [EnumeratorCancellation] CancellationToken cancel)
    {
        var bursts = context.Journal.AsNoTracking().Where(j => j.InstanceId == instance).OrderBy(j => j.At).Select(j => new { j.At, j.Json });
        var together = new List<IReadOnlyList<JournalLine>>();
        DateTimeOffset? at = null;
        await foreach (var burst in bursts.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (at != burst.At)
            {
                foreach (var line in InOrder(together))
                {
                    yield return line;
                }

                together.Clear();
            }

            at = burst.At;
            together.Add([.. JournalLine.Of(burst.At, burst.Json)]);
        }

        foreach (var line in InOrder(together))
        {
            yield return line;
        }
    }

    /// <summary>Bursts of one turn have one time, and neither that nor their ids say which was first: their entries do.</summary>
    private static IEnumerable<JournalLine> InOrder(List<IReadOnlyList<JournalLine>> together) => together is [var single] ? single : together.SelectMany(b => b).OrderBy(l => l.Sequence);
}
