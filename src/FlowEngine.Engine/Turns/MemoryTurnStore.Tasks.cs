using FlowEngine.Conversations;
using FlowEngine.Engine.Tasks;

namespace FlowEngine.Engine.Turns;

public sealed partial class MemoryTurnStore
{
    private readonly Dictionary<(Guid Instance, string Bookmark), MemoryTask> work = [];

    public ValueTask<IReadOnlyList<TakenTask>> TakeTasks(string by, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancel)
    {
        lock (gate)
        {
            var free = work.Values.Where(t => t.State == TaskState.Open && !(t.TakenUntil > now));
            var taken = free.OrderBy(t => t.Task.CreatedAt).ThenBy(t => t.Task.Id).Take(limit).ToList();
            foreach (var task in taken)
            {
                (task.TakenBy, task.TakenUntil, task.Attempts) = (by, until, task.Attempts + 1);
            }

            return ValueTask.FromResult<IReadOnlyList<TakenTask>>(taken.ConvertAll(t => new TakenTask(t.Task, t.Attempts)));
        }
    }

    public ValueTask<IReadOnlyList<Guid>> KeepTasks(string by, IReadOnlyList<Guid> tasks, DateTimeOffset until, CancellationToken cancel)
    {
        lock (gate)
        {
            var kept = work.Values.Where(t => tasks.Contains(t.Task.Id) && t.TakenBy == by).ToList();
            kept.ForEach(t => t.TakenUntil = until);
            return ValueTask.FromResult<IReadOnlyList<Guid>>(kept.ConvertAll(t => t.Task.Id));
        }
    }

    public ValueTask<ThreadRead?> ReadThread(Guid mailbox, int messages, CancellationToken cancel)
    {
        lock (gate)
        {
            return ValueTask.FromResult(mailboxes.TryGetValue(mailbox, out var box) ? Thread(box, messages) : null);
        }
    }

    /// <summary>The open and stale tasks, oldest first.</summary>
    public IReadOnlyList<(ExternalTask Task, TaskState State)> Tasks()
    {
        lock (gate)
        {
            return [.. work.Values.OrderBy(t => t.Task.Id).Select(t => (t.Task, t.State))];
        }
    }

    private ThreadRead Thread(MemoryMailbox box, int limit)
    {
        var said = box.Messages.Values.Where(m => m.Episode == box.Conversation.Episode && m.Direction != MessageDirection.Note);
        var handedBack = box.History.LastOrDefault(h => h.Kind == "released" && h.To.Kind is OwnerKind.Flow or OwnerKind.Nobody);
        return new ThreadRead(
            box.Conversation, contacts[box.Conversation.ContactId], [.. said.OrderByDescending(m => m.Order).Take(limit).Reverse()], handedBack?.At);
    }

    private void WriteTasks(Checkpoint checkpoint)
    {
        foreach (var end in checkpoint.TasksEnded)
        {
            if (end.Stale && work.TryGetValue((end.Instance, end.Bookmark), out var stale) && stale.TakenBy is not null)
            {
                stale.State = TaskState.Stale;
            }
            else
            {
                work.Remove((end.Instance, end.Bookmark));
            }
        }

        foreach (var added in checkpoint.TasksAdded)
        {
            work.Add((added.Instance, added.Bookmark), new MemoryTask(added));
        }
    }

    private void FreeTasks(NodeId taking)
    {
        foreach (var task in work.Values.Where(t => t.TakenBy is { } by && by != taking.Value && !heartbeats.ContainsKey(by)).ToList())
        {
            if (task.State == TaskState.Stale)
            {
                work.Remove((task.Task.Instance, task.Task.Bookmark));
            }

            (task.TakenBy, task.TakenUntil) = (null, null);
        }
    }

    private sealed class MemoryTask(ExternalTask task)
    {
        public ExternalTask Task => task;

        public TaskState State { get; set; }

        public string? TakenBy { get; set; }

        public DateTimeOffset? TakenUntil { get; set; }

        public int Attempts { get; set; }
    }
}
