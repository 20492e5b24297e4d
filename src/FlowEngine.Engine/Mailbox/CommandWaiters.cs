using System.Collections.Concurrent;

namespace FlowEngine.Engine.Mailbox;

/// <summary>Who waits in this process for the outcome of which command. Nothing is lost with it: outcomes stand in the store.</summary>
public sealed class CommandWaiters
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<CommandOutcome>> waiting = new();

    public Task<CommandOutcome> Expect(Guid command) =>
        waiting.GetOrAdd(command, _ => new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>False when nobody waits for it here.</summary>
    public bool Complete(CommandOutcome outcome) => waiting.TryRemove(outcome.CommandId, out var waiter) && waiter.TrySetResult(outcome);

    public IEnumerable<Guid> Awaited => waiting.Keys;

    public bool IsAwaited(Guid command) => waiting.ContainsKey(command);

    public void Forget(Guid command) => waiting.TryRemove(command, out _);
}
