using System.Collections.Concurrent;

namespace FlowEngine.Engine.Mailbox;

/// <summary>Who waits in this process for the outcome of which event. Nothing is lost with it: outcomes stand in the store.</summary>
public class Waiters<TOutcome>
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<TOutcome>> waiting = new();

    public Task<TOutcome> Expect(Guid entry) =>
        waiting.GetOrAdd(entry, _ => new TaskCompletionSource<TOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>False when nobody waits for it here.</summary>
    public bool Complete(Guid entry, TOutcome outcome) => waiting.TryRemove(entry, out var waiter) && waiter.TrySetResult(outcome);

    public IEnumerable<Guid> Awaited => waiting.Keys;

    public bool IsAwaited(Guid entry) => waiting.ContainsKey(entry);

    public void Forget(Guid entry) => waiting.TryRemove(entry, out _);
}

/// <summary>Callers that wait for a command to a conversation.</summary>
public sealed class CommandWaiters : Waiters<CommandOutcome>;

/// <summary>Callers that wait for what a run answers.</summary>
public sealed class RunWaiters : Waiters<RunOutcome>;
