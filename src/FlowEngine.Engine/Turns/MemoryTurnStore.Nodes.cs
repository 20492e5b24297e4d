using FlowEngine.Conversations;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Engine.Turns;

/// <summary>Several nodes on one memory: leases, heartbeats, and what the dead left.</summary>
public sealed partial class MemoryTurnStore
{
    private readonly Dictionary<string, DateTimeOffset> heartbeats = new(StringComparer.Ordinal);
    private readonly HashSet<string> started = new(StringComparer.Ordinal);
    private readonly HashSet<string> stoodDown = new(StringComparer.Ordinal);
    private NodeId node = new("memory");
    private int deaths;

    /// <summary>The same memory as another node sees it.</summary>
    public ITurnStore On(NodeId other) => new OtherNode(this, other);

    /// <summary>A kill and a new start: this is another node from now on, and the one before is known to be dead.</summary>
    public void Restart()
    {
        lock (gate)
        {
            heartbeats.Remove(node.Value);
            node = new NodeId($"memory-{++deaths}");
        }
    }

    public ValueTask Heartbeat(DateTimeOffset now, CancellationToken cancel) => Heartbeat(node, now);

    public ValueTask<(int Requeued, int Unknown)> TakeOver(DateTimeOffset now, DateTimeOffset unknownUntil, CancellationToken cancel) => TakeOver(node, now, unknownUntil);

    public ValueTask StandDown(CancellationToken cancel) => StandDown(node);

    private static bool MayTurn(NodeId asking, MemoryMailbox box) => box.Lease is null || box.Lease == asking.Value;

    private static bool IsBusy(MemoryMailbox box) =>
        box.Pending.Count > 0 || box.Messages.Values.Any(m => m.State is MessageState.Released or MessageState.Calling);

    private ValueTask StandDown(NodeId leaving)
    {
        lock (gate)
        {
            stoodDown.Add(leaving.Value);
            foreach (var box in mailboxes.Values.Where(b => b.Lease == leaving.Value && !b.Messages.Values.Any(m => m.State is MessageState.Released or MessageState.Calling)))
            {
                box.Lease = null;
            }

            if (mailboxes.Values.All(b => b.Lease != leaving.Value))
            {
                heartbeats.Remove(leaving.Value);
            }

            return ValueTask.CompletedTask;
        }
    }

    private ValueTask Heartbeat(NodeId living, DateTimeOffset now)
    {
        lock (gate)
        {
            heartbeats[living.Value] = now;
            return ValueTask.CompletedTask;
        }
    }

    private ValueTask<(int Requeued, int Unknown)> TakeOver(NodeId taking, DateTimeOffset now, DateTimeOffset unknownUntil)
    {
        lock (gate)
        {
            foreach (var dead in heartbeats.Where(h => h.Key != taking.Value && h.Value < now - options.NodeDeadAfter).Select(h => h.Key).ToList())
            {
                heartbeats.Remove(dead);
            }

            if (started.Add(taking.Value))
            {
                RenewDoubt(unknownUntil);
            }

            FreeTasks(taking);
            var (requeued, unknown) = (0, 0);
            foreach (var box in mailboxes.Values.Where(b => b.Lease is { } holder && holder != taking.Value && !heartbeats.ContainsKey(holder)))
            {
                // The version grows, so that a turn which a stalled node decided before cannot be written any more.
                box.Version++;
                box.Lease = taking.Value;
                requeued += Replace(box, MessageState.Released, m => m with { State = MessageState.Queued, WakeAt = now, Deadline = null });
                unknown += Replace(box, MessageState.Calling, m => m with { State = MessageState.Unknown, WakeAt = m.Deadline > unknownUntil ? m.Deadline : unknownUntil });
            }

            return ValueTask.FromResult((requeued, unknown));
        }
    }

    private void RenewDoubt(DateTimeOffset unknownUntil)
    {
        foreach (var box in mailboxes.Values)
        {
            Replace(box, MessageState.Unknown, m => m.WakeAt < unknownUntil ? m with { WakeAt = unknownUntil } : m);
        }
    }

    private static int Replace(MemoryMailbox box, MessageState state, Func<Message, Message> with)
    {
        var found = box.Messages.Values.Where(m => m.State == state).ToList();
        found.ForEach(m => box.Messages[m.Id] = with(m));
        return found.Count;
    }

    private sealed class OtherNode(MemoryTurnStore shared, NodeId self) : ITurnStore
    {
        public ValueTask<IReadOnlyList<AppendResult>> Append(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) => shared.Append(self, events, now);

        public ValueTask<IReadOnlyList<AppendResult>> AppendAhead(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) => shared.Append(self, events, now);

        public async ValueTask Secure(IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancel) => await shared.Append(self, events, now);

        public ValueTask<TurnLoad?> Load(Guid mailbox, DateTimeOffset now, CancellationToken cancel) => shared.Load(self, mailbox, now);

        public ValueTask<bool> Commit(Checkpoint checkpoint, CancellationToken cancel) => shared.Commit(self, checkpoint);

        public ValueTask<bool> MarkCalling(Guid message, int attempt, CancellationToken cancel) => shared.MarkCalling(message, attempt, cancel);

        public ValueTask<CommandOutcome?> FindOutcome(Guid eventId, CancellationToken cancel) => shared.FindOutcome(eventId, cancel);

        public ValueTask<IReadOnlyList<Guid>> FindDue(DateTimeOffset now, int limit, CancellationToken cancel) => shared.FindDue(self, now, limit);

        public ValueTask<DateTimeOffset?> NextDueAt(DateTimeOffset now, CancellationToken cancel) => shared.NextDueAt(self, now);

        public ValueTask Heartbeat(DateTimeOffset now, CancellationToken cancel) => shared.Heartbeat(self, now);

        public ValueTask<(int Requeued, int Unknown)> TakeOver(DateTimeOffset now, DateTimeOffset unknownUntil, CancellationToken cancel) => shared.TakeOver(self, now, unknownUntil);

        public ValueTask<IReadOnlyList<TakenTask>> TakeTasks(string by, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancel) =>
            shared.TakeTasks(by, now, until, limit, cancel);

        public ValueTask<IReadOnlyList<Guid>> KeepTasks(string by, IReadOnlyList<Guid> tasks, DateTimeOffset until, CancellationToken cancel) =>
            shared.KeepTasks(by, tasks, until, cancel);

        public ValueTask<ThreadRead?> ReadThread(Guid mailbox, int messages, CancellationToken cancel) => shared.ReadThread(mailbox, messages, cancel);

        public ValueTask<RunLoad?> LoadRun(Guid mailbox, DateTimeOffset now, CancellationToken cancel) => shared.LoadRun(self, mailbox, now);

        public ValueTask<RunLoad?> LoadWaiting(SignalTarget signal, DateTimeOffset now, CancellationToken cancel) => shared.LoadWaiting(self, signal, now);

        public ValueTask<Guid?> FindHolder(string claim, CancellationToken cancel) => shared.FindHolder(claim, cancel);

        public ValueTask<RunOutcome?> FindRunOutcome(Guid eventId, CancellationToken cancel) => shared.FindRunOutcome(eventId, cancel);

        public ValueTask<int> DeliverKept(DateTimeOffset now, CancellationToken cancel) => shared.DeliverKept(self, now);

        public ValueTask StandDown(CancellationToken cancel) => shared.StandDown(self);

        public ValueTask<InstanceRecord?> FindInstance(Guid instance, CancellationToken cancel) => shared.FindInstance(instance, cancel);
    }
}
