using FlowEngine.Conversations;

namespace FlowEngine.Engine.Mailbox;

/// <summary>
/// How a person's or a key's command reaches a conversation: as an event of its mailbox, awaited until its turn has committed
/// (decision 9).
/// </summary>
public sealed class Commands
{
    /// <summary>Appends the command and waits up to five seconds for its turn; Pending afterwards.</summary>
    /// <param name="idempotencyKey">The same key twice is one command with one outcome; null makes a new one.</param>
    /// <returns>Null when there is no such conversation.</returns>
    public ValueTask<CommandOutcome?> Execute(Guid conversation, Command command, Actor actor, string? idempotencyKey, CancellationToken cancel) =>
        throw new NotImplementedException();

    public ValueTask<CommandOutcome?> Find(Guid commandId, CancellationToken cancel) => throw new NotImplementedException();
}
