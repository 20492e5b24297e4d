using System.Security.Cryptography;
using System.Text;
using FlowEngine.Conversations;
using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Mailbox;

/// <summary>
/// How a person's or a key's command reaches a conversation: as an event of its mailbox, awaited until its turn has committed
/// (decision 9).
/// </summary>
public sealed class Commands(ITurnStore store, Drain drain, CommandWaiters waiters, Ids ids, TurnOptions options, TimeProvider clock)
{
    /// <summary>Appends the command and waits up to five seconds for its turn; Pending afterwards.</summary>
    /// <param name="idempotencyKey">The same key twice is one command with one outcome; null makes a new one.</param>
    /// <returns>Null when there is no such conversation.</returns>
    public async ValueTask<CommandOutcome?> Execute(Guid conversation, Command command, Actor actor, string? idempotencyKey, CancellationToken cancel)
    {
        var id = ids.Next();
        var key = idempotencyKey ?? command switch { Reply reply => $"reply:{reply.ClientId}", SayAsApp say => $"app:{say.ClientId}", _ => null };
        var dedupe = key is null ? $"command:{id:N}" : $"command:{conversation:N}:{Fingerprint(key)}";
        var waiter = waiters.Expect(id);
        try
        {
            var asked = new NewEvent(id, dedupe, new CommandEvent(command, actor)) { ConversationId = conversation };
            asked = asked.Traced();
            var appended = await store.AppendAhead([asked], clock.GetUtcNow(), cancel);
            return appended[0].Status switch
            {
                AppendStatus.Appended => await Await(asked, id, waiter, appended[0], cancel),
                AppendStatus.Duplicate => await AwaitFirst(asked, appended[0], cancel),
                _ => null,
            };
        }
        finally
        {
            waiters.Forget(id);
        }
    }

    /// <summary>The outcome of an earlier command; Pending when its turn has not run; null when there is none of that id.</summary>
    public ValueTask<CommandOutcome?> Find(Guid commandId, CancellationToken cancel) => store.FindOutcome(commandId, cancel);

    /// <summary>Whoever is told that it is pending may rely on it: then it is made sure.</summary>
    private async ValueTask<CommandOutcome?> Await(NewEvent asked, Guid id, Task<CommandOutcome> waiter, AppendResult appended, CancellationToken cancel)
    {
        if (!appended.Elsewhere)
        {
            drain.Wake(appended.Mailbox);
        }

        try
        {
            return await waiter.WaitAsync(options.CommandWait, clock, cancel);
        }
        catch (TimeoutException)
        {
            await store.Secure([asked], clock.GetUtcNow(), cancel);
            return await store.FindOutcome(id, cancel) ?? new CommandOutcome(id, CommandStatus.Pending);
        }
    }

    private async ValueTask<CommandOutcome?> AwaitFirst(NewEvent asked, AppendResult first, CancellationToken cancel)
    {
        var waiter = waiters.Expect(first.EventId);
        var known = await store.FindOutcome(first.EventId, cancel);
        return known is { Status: not CommandStatus.Pending } ? known : await Await(asked, first.EventId, waiter, first, cancel);
    }

    private static string Fingerprint(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
