using System.Collections.Concurrent;

namespace FlowEngine.Engine.Tasks;

/// <summary>
/// What this process works on outside of turns, and the bell of its loop. A turn that withdraws a task ends its work here at once; work on
/// another node is told when it renews. All of it is a short cut: the store is the truth.
/// </summary>
public sealed class RunningTasks : IDisposable
{
    private readonly Bell bell = new();
    private readonly ConcurrentDictionary<(Guid Instance, string Bookmark), CancellationTokenSource> running = new();

    /// <summary>How many are under way.</summary>
    public int Count => running.Count;

    /// <summary>There may be something to take.</summary>
    public void Wake() => bell.Ring();

    public Task Wait(TimeSpan atMost, TimeProvider clock, CancellationToken cancel) => bell.Wait(atMost, clock, cancel);

    /// <summary>From now on <see cref="Withdraw"/> ends it; dispose what this answers when the work is over.</summary>
    public Lease Begin(ExternalTask task, CancellationToken cancel)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        running[(task.Instance, task.Bookmark)] = source;
        return new Lease(this, task, source);
    }

    /// <summary>Nobody wants its result any more.</summary>
    public void Withdraw(Guid instance, string bookmark)
    {
        if (running.TryGetValue((instance, bookmark), out var source))
        {
            source.Cancel();
        }
    }

    public void Dispose() => bell.Dispose();

    /// <summary>One piece of work under way.</summary>
    public sealed class Lease(RunningTasks owner, ExternalTask task, CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Withdrawn => source.Token;

        // The source is left to the collector: a turn may be about to cancel it.
        public void Dispose() => owner.running.TryRemove(KeyValuePair.Create((task.Instance, task.Bookmark), source));
    }
}
