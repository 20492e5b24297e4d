using System.Threading.Channels;
using FlowEngine.Engine;
using FlowEngine.Engine.Mailbox;
using Npgsql;

namespace FlowEngine.Server.Persistence.Postgres;

/// <summary>
/// Events go to the server in the order in which they were handed over, one group after the other: what came while a group waited for the
/// disk is the next group, with one round trip and one wait for all of it. A call that fails takes only itself back.
/// </summary>
internal sealed class PostgresAppender : IAsyncDisposable
{
    private const int MostAtOnce = 64;

    private readonly NpgsqlDataSource source;
    private readonly NodeId node;
    private readonly Ids ids;
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task working;
    private volatile bool takesLeases = true;

    public PostgresAppender(NpgsqlDataSource source, NodeId node, Ids ids)
    {
        (this.source, this.node, this.ids) = (source, node, ids);
        working = Task.Run(Work);
    }

    /// <summary>
    /// From now on any node may turn what this one stores. Ends when whatever was being stored with a lease is stored: a lease that came after
    /// this would be nobody's, for a node that has left is not among the dead.
    /// </summary>
    public Task StopTakingLeases()
    {
        takesLeases = false;
        return Append([], default, Durability.Waits);
    }

    /// <summary>Stored when the task ends; durable then too, unless it goes ahead.</summary>
    public Task<IReadOnlyList<AppendResult>> Append(IReadOnlyList<NewEvent> events, DateTimeOffset now, Durability durability)
    {
        var waiting = new Waiting(events, now, durability);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(waiting), this);
        return waiting.Done.Task;
    }

    /// <summary>Ends what has been asked for, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await working;
    }

    private async Task Work()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            var group = new List<Waiting>();
            for (var events = 0; events < MostAtOnce && queue.Reader.TryRead(out var next); events += next.Events.Count)
            {
                group.Add(next);
            }

            await Store(group);
        }
    }

    private async Task Store(List<Waiting> group)
    {
        try
        {
            var results = await Retry.Run(() => Write(group), connectionToo: true);
            for (var i = 0; i < group.Count; i++)
            {
                group[i].Done.SetResult(results[i]);
            }
        }
        catch (Exception failure) when (group.Count == 1)
        {
            group[0].Done.SetException(failure);
        }
        catch (Exception)
        {
            // One of them is at fault; nothing of the group was written.
            foreach (var alone in group)
            {
                await Store([alone]);
            }
        }
    }

    /// <summary>
    /// Dying before its end: nothing of the group happened, or all of it without that anybody was told; then the provider delivers again and
    /// the keys are known.
    /// </summary>
    private async Task<List<AppendResult[]>> Write(List<Waiting> group)
    {
        if (group.All(w => w.Events.Count == 0))
        {
            return group.ConvertAll(_ => Array.Empty<AppendResult>());
        }

        await using var batch = new Batch(source);
        var ahead = group.TrueForAll(w => w.Durability == Durability.Ahead);
        if (ahead)
        {
            batch.Add(AppendBatch.AheadSql);
        }

        foreach (var waiting in group)
        {
            foreach (var added in waiting.Events)
            {
                AppendBatch.Add(batch, takesLeases ? node : null, ids, added, waiting.Now);
            }
        }

        foreach (var added in group.Where(w => w.Durability == Durability.Secures).SelectMany(w => w.Events))
        {
            batch.Add(AppendBatch.TouchSql).Bind(added.Id).Bind(added.DedupeKey);
        }

        await using var rows = await batch.Read(CancellationToken.None);
        if (ahead)
        {
            await rows.First(row => row.Text(), CancellationToken.None);
        }

        var results = new List<AppendResult[]>(group.Count);
        foreach (var waiting in group)
        {
            var answers = new AppendResult[waiting.Events.Count];
            for (var i = 0; i < answers.Length; i++)
            {
                var added = waiting.Events[i];
                answers[i] = await rows.First(row => AppendBatch.Read(row, added), CancellationToken.None);
            }

            results.Add(answers);
        }

        return results;
    }

    private sealed record Waiting(IReadOnlyList<NewEvent> Events, DateTimeOffset Now, Durability Durability)
    {
        // Callers go on elsewhere: this loop belongs to the next group.
        public TaskCompletionSource<IReadOnlyList<AppendResult>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Whether storing an event waits for the disk: it does; it does not, because its turn's commit will; it does for what went ahead.</summary>
internal enum Durability { Waits, Ahead, Secures }
