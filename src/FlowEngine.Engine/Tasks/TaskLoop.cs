using System.Collections.Concurrent;
using System.Collections.Frozen;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Engine.Tasks;

/// <summary>
/// Takes tasks from the table, works on a bounded number of them at once, and puts each result into its mailbox as an event under the
/// task's id: at most one, however often the work was begun. If this process dies, what it had taken is free again at the next start, or
/// when its time has run out.
/// </summary>
public sealed class TaskLoop(
    ITurnStore store, Intake intake, IEnumerable<ITaskHandler> handlers, RunningTasks running, TaskOptions options, NodeId node, Ids ids, TimeProvider clock, ILogger<TaskLoop> log)
{
    private readonly FrozenDictionary<string, ITaskHandler> byKind = handlers.ToFrozenDictionary(h => h.Kind, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, UnderWay> mine = new();
    private readonly string me = node.Value;
    private DateTimeOffset renewed;

    /// <summary>How many tasks this process works on.</summary>
    public int Count => mine.Count;

    public async Task Run(CancellationToken cancel)
    {
        if (byKind.Count == 0)
        {
            // Nobody here does any work: looking for it would only write.
            return;
        }

        renewed = clock.GetUtcNow();
        while (!cancel.IsCancellationRequested)
        {
            await Look(cancel);
            await running.Wait(options.SweepEvery, clock, cancel);
        }
    }

    /// <summary>Renews what is under way, and takes as much more as there is room for.</summary>
    public async Task Look(CancellationToken cancel)
    {
        try
        {
            await Renew(cancel);
            var now = clock.GetUtcNow();
            var room = options.Parallel - mine.Count;
            foreach (var taken in room > 0 ? await store.TakeTasks(me, now, now + options.Lease, room, cancel) : [])
            {
                var work = mine[taken.Task.Id] = new UnderWay(taken.Task);
                work.Running = Task.Run(() => Carry(taken, cancel), CancellationToken.None);
            }
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            log.LogError(broken, "Taking tasks failed; it is tried again");
        }
    }

    /// <summary>Ends when what is under way now has ended.</summary>
    public Task Quiet() => Task.WhenAll(mine.Values.Select(w => w.Running));

    private async Task Renew(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var asked = mine.Values.Select(w => w.Task).ToList();
        if (asked.Count == 0 || now - renewed < options.Lease / 3)
        {
            return;
        }

        renewed = now;
        var kept = await store.KeepTasks(me, [.. asked.Select(t => t.Id)], now + options.Lease, cancel);
        foreach (var lost in asked.Where(t => !kept.Contains(t.Id)))
        {
            running.Withdraw(lost.Instance, lost.Bookmark);
        }
    }

    private async Task Carry(TakenTask taken, CancellationToken cancel)
    {
        using var lease = running.Begin(taken.Task, cancel);
        try
        {
            var result = await Work(taken, lease.Withdrawn);

            // Dying before this append: the task is taken again. After it: the event is durable, and a second one has the same key.
            await intake.Accept([Completed(taken.Task, result)], CancellationToken.None);
        }
        catch (OperationCanceledException) when (lease.Withdrawn.IsCancellationRequested)
        {
            // Withdrawn, or the server stops; then it is taken again at the next start.
        }
        catch (Exception broken)
        {
            log.LogError(broken, "The result of task {Task} could not be stored; it is done again when its time has run out", taken.Task.Id);
        }
        finally
        {
            mine.TryRemove(taken.Task.Id, out _);
            running.Wake();
        }
    }

    private async ValueTask<TaskResult> Work(TakenTask taken, CancellationToken cancel)
    {
        if (!byKind.TryGetValue(taken.Task.Kind, out var handler))
        {
            throw new InvalidOperationException($"Nobody here does tasks of the kind '{taken.Task.Kind}'.");
        }

        if (taken.Attempts > options.Attempts)
        {
            return handler.GiveUp(taken, $"It was begun {taken.Attempts - 1} times and never ended.");
        }

        try
        {
            return await handler.Work(taken, cancel);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            log.LogError(defect, "A task of the kind {Kind} threw", taken.Task.Kind);
            return handler.GiveUp(taken, defect.GetType().Name);
        }
    }

    private NewEvent Completed(ExternalTask task, TaskResult result) =>
        new(ids.Next(), $"task:{task.Id:N}", new TaskCompleted(task.Id, task.Instance, task.Bookmark, task.Epoch, result.Json, result.Suggestion))
        {
            ConversationId = task.Mailbox,
        };

    private sealed class UnderWay(ExternalTask task)
    {
        public ExternalTask Task => task;

        public Task Running { get; set; } = System.Threading.Tasks.Task.CompletedTask;
    }
}
