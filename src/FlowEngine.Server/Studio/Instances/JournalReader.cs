using System.Runtime.CompilerServices;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Studio.Instances;

/// <summary>A run's journal, burst by burst: never the whole of it in memory.</summary>
internal static class JournalReader
{
    public static async IAsyncEnumerable<JournalLine> Lines(FlowEngineContext context, Guid instance, [EnumeratorCancellation] CancellationToken cancel)
    {
        var bursts = context.Journal.AsNoTracking().Where(j => j.InstanceId == instance).OrderBy(j => j.At).ThenBy(j => j.Id).Select(j => new { j.At, j.Json });
        await foreach (var burst in bursts.AsAsyncEnumerable().WithCancellation(cancel))
        {
            foreach (var line in JournalLine.Of(burst.At, burst.Json))
            {
                yield return line;
            }
        }
    }
}
