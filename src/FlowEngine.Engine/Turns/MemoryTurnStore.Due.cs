using FlowEngine.Conversations;

namespace FlowEngine.Engine.Turns;

public sealed partial class MemoryTurnStore
{
    public ValueTask<bool> MarkCalling(Guid message, int attempt, CancellationToken cancel)
    {
        lock (gate)
        {
            if (!mailboxOfMessage.TryGetValue(message, out var mailbox)
                || mailboxes[mailbox].Messages[message] is not { State: MessageState.Released } stored || stored.Attempt != attempt)
            {
                return ValueTask.FromResult(false);
            }

            mailboxes[mailbox].Messages[message] = stored with { State = MessageState.Calling };
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<IReadOnlyList<Guid>> FindDue(DateTimeOffset now, int limit, CancellationToken cancel) => FindDue(node, now, limit);

    public ValueTask<DateTimeOffset?> NextDueAt(DateTimeOffset now, CancellationToken cancel) => NextDueAt(node, now);

    private ValueTask<IReadOnlyList<Guid>> FindDue(NodeId asking, DateTimeOffset now, int limit)
    {
        lock (gate)
        {
            var due = mailboxes.Values.Where(b => MayTurn(asking, b) && (b.Pending.Count > 0 || Wakes(b).Any(at => at <= now))).Select(b => b.Id);
            IReadOnlyList<Guid> found = [.. due.Order().Take(limit)];
            return ValueTask.FromResult(found);
        }
    }

    private ValueTask<DateTimeOffset?> NextDueAt(NodeId asking, DateTimeOffset now)
    {
        lock (gate)
        {
            var later = mailboxes.Values.Where(b => MayTurn(asking, b)).SelectMany(Wakes).Where(at => at > now).Select(at => (DateTimeOffset?)at);
            return ValueTask.FromResult(later.Min());
        }
    }

    private IEnumerable<DateTimeOffset> Wakes(MemoryMailbox box)
    {
        var messages = box.Messages.Values.Where(m => m.WakeAt is not null && IsOwed(m)).Select(m => m.WakeAt!.Value);
        var timers = bookmarks.Values.Where(b => b.Mailbox == box.Id && b.DueAt is not null).Select(b => b.DueAt!.Value);
        return messages.Concat(timers);
    }
}
