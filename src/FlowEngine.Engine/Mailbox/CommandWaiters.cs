using System.Collections.Concurrent;

namespace FlowEngine.Engine.Mailbox;

/// <summary>Who waits in this process for the outcome of which command. Nothing is lost with it: outcomes stand in the store.</summary>
public sealed class CommandWaiters
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<CommandOutcome>> waiting = new();

    public Task<CommandOutcome> Expect(Guid command) =>
        waiting.GetOrAdd(command, _ => new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Complete(CommandOutcome outcome)
    {
        if (waiting.TryRemove(outcome.CommandId, out var waiter))
        {
            waiter.TrySetResult(outcome);
        }
    }

    public void Forget(Guid command) => waiting.TryRemove(command, out _);
}
