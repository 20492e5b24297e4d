using FlowEngine.Conversations;
using FlowEngine.Engine.Live;

namespace FlowEngine.Server.Inbox.Screens.Desk;

/// <summary>What has been committed since the desk last looked.</summary>
/// <param name="Tabs">Tabs that lost, gained or changed a row.</param>
/// <param name="Arrived">Chats that people must see now.</param>
/// <param name="Overdue">Chats in which people let something pass.</param>
/// <param name="Everything">Changes may have been missed: whatever is shown is read again.</param>
public sealed record LiveBatch(
    IReadOnlySet<Guid> Changed, IReadOnlySet<Tab> Tabs, IReadOnlyList<ConversationChanged> Arrived, IReadOnlyList<ConversationChanged> Overdue, bool Everything = false);

/// <summary>
/// Gathers the signals of the feed and hands them over at most four times a second, and never while the last batch is still being
/// worked on: a busy day costs a desk four refreshes a second, not one per message.
/// </summary>
public sealed class DeskLive(LiveFeed feed, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, List<ConversationChanged>> waiting = [];
    private IDisposable? subscription;
    private ITimer? timer;
    private Func<LiveBatch, Task>? work;
    private bool armed;
    private bool missed;
    private bool ended;

    /// <summary>Begins to listen. <paramref name="handle"/> runs outside the desk's own thread and must not throw.</summary>
    public void Start(Func<LiveBatch, Task> handle)
    {
        work = handle;
        timer ??= time.CreateTimer(_ => _ = Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        subscription ??= feed.Subscribe(Note, Miss);
    }

    private void Note(ConversationChanged change)
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(change.Id, out var changes))
            {
                waiting[change.Id] = changes = [];
            }

            changes.Add(change);
            Arm();
        }
    }

    private void Miss()
    {
        lock (gate)
        {
            missed = true;
            Arm();
        }
    }

    private async Task Flush()
    {
        var batch = Take();
        if (work is not null && batch is not null)
        {
            await work(batch);
        }

        lock (gate)
        {
            armed = false;
            if (waiting.Count > 0 || missed)
            {
                Arm();
            }
        }
    }

    private LiveBatch? Take()
    {
        lock (gate)
        {
            var all = waiting.Values.SelectMany(c => c).ToList();
            waiting.Clear();
            var everything = missed;
            missed = false;
            return all.Count == 0 && !everything ? null : new LiveBatch(
                all.Select(c => c.Id).ToHashSet(),
                all.SelectMany(c => new[] { c.TabBefore, c.Tab }).ToHashSet(),
                [.. all.Where(c => c.NewForPeople)],
                [.. all.Where(c => c.Overdue is not null)],
                everything);
        }
    }

    private void Arm()
    {
        if (!armed && !ended)
        {
            armed = true;
            timer?.Change(Pace, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
        }

        subscription?.Dispose();
        timer?.Dispose();
    }
}
