using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

/// <summary>Runs without a conversation: their mailboxes, the signals that find them, and what only one of them may hold.</summary>
public sealed partial class MemoryTurnStore
{
    private readonly Dictionary<string, Guid> claims = new(StringComparer.Ordinal);
    private readonly List<(NewEvent Event, SignalTarget Target)> kept = [];

    public ValueTask<RunLoad?> LoadRun(Guid mailbox, DateTimeOffset now, CancellationToken cancel) => LoadRun(node, mailbox, now);

    public ValueTask<RunLoad?> LoadWaiting(SignalTarget signal, DateTimeOffset now, CancellationToken cancel) => LoadWaiting(node, signal, now);

    public ValueTask<int> DeliverKept(DateTimeOffset now, CancellationToken cancel) => DeliverKept(node, now);

    public ValueTask<Guid?> FindHolder(string claim, CancellationToken cancel)
    {
        lock (gate)
        {
            return ValueTask.FromResult<Guid?>(claims.TryGetValue(claim, out var holder) ? holder : null);
        }
    }

    public ValueTask<RunOutcome?> FindRunOutcome(Guid eventId, CancellationToken cancel)
    {
        lock (gate)
        {
            return ValueTask.FromResult(events.GetValueOrDefault(eventId)?.Result is { } json ? TurnText.ReadRunOutcome(json) : null);
        }
    }

    private ValueTask<RunLoad?> LoadRun(NodeId asking, Guid mailbox, DateTimeOffset now)
    {
        lock (gate)
        {
            return ValueTask.FromResult(mailboxes.TryGetValue(mailbox, out var box) && box.IsRun && MayTurn(asking, box)
                ? new RunLoad
                {
                    Mailbox = mailbox,
                    MailboxVersion = box.Version,
                    Events = [.. box.Pending.Values.Take(options.EventsPerTurn).Select(e => e.ToPending())],
                    Instance = instances.GetValueOrDefault(mailbox),
                    DueTimers = DueTimers(mailbox, now),
                }
                : null);
        }
    }

    private ValueTask<RunLoad?> LoadWaiting(NodeId asking, SignalTarget signal, DateTimeOffset now)
    {
        lock (gate)
        {
            return Waiting(signal).Take(2).ToList() is [var only] && mailboxes[only.Mailbox].Pending.Count == 0
                ? LoadRun(asking, only.Mailbox, now)
                : ValueTask.FromResult<RunLoad?>(null);
        }
    }

    private ValueTask<int> DeliverKept(NodeId asking, DateTimeOffset now)
    {
        lock (gate)
        {
            kept.RemoveAll(k => k.Target.KeepUntil <= now);
            var given = bookmarks.Values.Where(b => b.MayBeKept).ToList().Count(b => GiveKept(asking, b, now));
            return ValueTask.FromResult(given);
        }
    }

    /// <summary>Into the mailbox of each run that waits for it; kept when nobody does.</summary>
    private AppendResult Give(NodeId appending, NewEvent added, SignalTarget target, DateTimeOffset now)
    {
        var waiting = Waiting(target)
            .DistinctBy(b => b.Instance)
            .Select(b => Append(appending, added.For(ids.Next(), b.Instance, b.Mailbox), now))
            .Where(r => r.Status == AppendStatus.Appended)
            .ToList();
        if (waiting.Count > 0)
        {
            return waiting[0] with { Others = waiting.Count - 1 };
        }

        if (target.KeepUntil is null)
        {
            return new AppendResult(AppendStatus.Unknown, added.Id, Guid.Empty);
        }

        kept.Add((added, target));
        return new AppendResult(AppendStatus.Kept, added.Id, Guid.Empty);
    }

    private bool GiveKept(NodeId appending, BookmarkRecord to, DateTimeOffset now)
    {
        var found = kept.FindIndex(k => k.Target.Hash == to.Hash && k.Target.KeepUntil > now
            && (k.Target.CorrelationId is null || k.Target.CorrelationId == to.CorrelationId) && (k.Target.Instance is null || k.Target.Instance == to.Instance));
        if (found < 0)
        {
            return false;
        }

        var (signal, _) = kept[found];
        kept.RemoveAt(found);
        Append(appending, signal.For(ids.Next(), to.Instance, to.Mailbox), now);
        return true;
    }

    private IEnumerable<BookmarkRecord> Waiting(SignalTarget target) => bookmarks.Values.Where(b =>
        b.Hash == target.Hash && (target.CorrelationId is null || b.CorrelationId == target.CorrelationId) && (target.Instance is null || b.Instance == target.Instance));

    private void WriteClaims(Checkpoint checkpoint)
    {
        foreach (var run in checkpoint.NewRuns)
        {
            mailboxes.TryAdd(run, new MemoryMailbox(run, null));
        }

        if (checkpoint.Claim is { } claim)
        {
            claims[claim] = checkpoint.Mailbox;
        }

        if (checkpoint.ClaimsFreed is { } ended)
        {
            foreach (var held in claims.Where(c => c.Value == ended).Select(c => c.Key).ToList())
            {
                claims.Remove(held);
            }
        }
    }
}
