using FlowEngine.Server.Persistence;

namespace FlowEngine.Server.Hooks;

/// <summary>
/// What one webhook is owed, sorted into a lane per conversation: within a lane one after the other, lanes side by side. Pure
/// bookkeeping for one thread.
/// </summary>
public sealed class HookLanes
{
    private readonly Dictionary<Guid, Queue<OwedHook>> lanes = [];
    private readonly Queue<Guid> ready = new();
    private readonly PriorityQueue<Guid, DateTimeOffset> waiting = new();

    public int Count { get; private set; }

    /// <summary>The places of all that is held.</summary>
    public IReadOnlyCollection<long> Places => [.. lanes.Values.SelectMany(lane => lane).Select(owed => owed.Seq)];

    /// <summary>When the next lane that waits for a retry is due; null when none waits.</summary>
    public DateTimeOffset? NextDue => waiting.TryPeek(out _, out var at) ? at : null;

    public void Add(OwedHook owed)
    {
        Count++;
        if (lanes.TryGetValue(owed.ConversationId, out var lane))
        {
            lane.Enqueue(owed);
            return;
        }

        lanes[owed.ConversationId] = lane = new Queue<OwedHook>();
        lane.Enqueue(owed);
        Offer(owed);
    }

    /// <summary>The next delivery that may start now. Its lane is busy until it is settled.</summary>
    public bool TryTake(DateTimeOffset now, out OwedHook owed)
    {
        while (waiting.TryPeek(out var due, out var at) && at <= now)
        {
            waiting.Dequeue();
            ready.Enqueue(due);
        }

        owed = null!;
        if (!ready.TryDequeue(out var conversation))
        {
            return false;
        }

        owed = lanes[conversation].Peek();
        return true;
    }

    /// <summary>It is over with this one, delivered or given up: its lane goes on with the next.</summary>
    public void Done(OwedHook owed)
    {
        Count--;
        var lane = lanes[owed.ConversationId];
        lane.Dequeue();
        if (lane.TryPeek(out var next))
        {
            Offer(next);
        }
        else
        {
            lanes.Remove(owed.ConversationId);
        }
    }

    /// <summary>It failed: the whole lane waits, so that the order stays.</summary>
    public void Retry(OwedHook failed, int attempts, DateTimeOffset at)
    {
        var lane = lanes[failed.ConversationId];
        var rest = lane.Skip(1).ToList();
        lane.Clear();
        lane.Enqueue(failed with { Attempts = attempts, NextAt = at });
        rest.ForEach(lane.Enqueue);
        waiting.Enqueue(failed.ConversationId, at);
    }

    private void Offer(OwedHook head)
    {
        if (head.NextAt is { } at)
        {
            waiting.Enqueue(head.ConversationId, at);
        }
        else
        {
            ready.Enqueue(head.ConversationId);
        }
    }
}
