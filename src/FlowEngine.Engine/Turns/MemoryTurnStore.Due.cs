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

    public ValueTask<IReadOnlyList<Guid>> FindDue(DateTimeOffset now, int limit, CancellationToken cancel)
    {
        lock (gate)
        {
            var due = mailboxes.Values.Where(b => b.Pending.Count > 0 || Wakes(b).Any(at => at <= now)).Select(b => b.Conversation.Id);
            IReadOnlyList<Guid> found = [.. due.Order().Take(limit)];
            return ValueTask.FromResult(found);
        }
    }

    public ValueTask<DateTimeOffset?> NextDueAt(DateTimeOffset now, CancellationToken cancel)
    {
        lock (gate)
        {
            var later = mailboxes.Values.SelectMany(Wakes).Where(at => at > now).Select(at => (DateTimeOffset?)at);
            return ValueTask.FromResult(later.Min());
        }
    }

    public ValueTask<(int Requeued, int Unknown)> Recover(DateTimeOffset now, DateTimeOffset unknownUntil, CancellationToken cancel)
    {
        lock (gate)
        {
            var (requeued, unknown) = (0, 0);
            FreeTasks();
            foreach (var messages in mailboxes.Values.Select(b => b.Messages))
            {
                foreach (var doubted in messages.Values.Where(m => m.State == MessageState.Unknown && m.WakeAt < unknownUntil).ToList())
                {
                    messages[doubted.Id] = doubted with { WakeAt = unknownUntil };
                }

                foreach (var message in messages.Values.Where(m => m.State is MessageState.Released or MessageState.Calling).ToList())
                {
                    var neverCalled = message.State == MessageState.Released;
                    messages[message.Id] = neverCalled
                        ? message with { State = MessageState.Queued, WakeAt = now, Deadline = null }
                        : message with { State = MessageState.Unknown, WakeAt = unknownUntil };
                    (requeued, unknown) = neverCalled ? (requeued + 1, unknown) : (requeued, unknown + 1);
                }
            }

            return ValueTask.FromResult((requeued, unknown));
        }
    }

    private IEnumerable<DateTimeOffset> Wakes(MemoryMailbox box)
    {
        var messages = box.Messages.Values.Where(m => m.WakeAt is not null && IsOwed(m)).Select(m => m.WakeAt!.Value);
        var timers = bookmarks.Values.Where(b => b.Mailbox == box.Conversation.Id && b.DueAt is not null).Select(b => b.DueAt!.Value);
        return messages.Concat(timers);
    }
}
