using FlowEngine.Conversations;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Live;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// Tells this process and the other nodes what a turn has committed: desks, callers that wait for a command or a run, the due loop, the webhook
/// sender, the work outside of turns. All of it is a wake-up; whoever misses it finds the same in the store.
/// </summary>
public sealed class Announcer(LiveFeed live, CommandWaiters waiters, RunWaiters callers, DueSignal due, HookSignal hooks, RunningTasks tasks, OtherNodes others)
{
    public void Tell(Turn turn)
    {
        foreach (var outcome in turn.Outcomes)
        {
            if (!waiters.Complete(outcome.CommandId, outcome))
            {
                others.OnTurned?.Invoke(outcome.CommandId);
            }
        }

        WakeHooks(turn.HasHooks);
        Answer(turn.Answers);
        Wake(turn.EarliestDue, turn.HasTasks, turn.Withdrawn);

        var (before, after) = (turn.Before, turn.Conversation);
        if (after.Version != before.Version || turn.HasMessages)
        {
            var newForPeople = (before.Tab != after.Tab || before.Unread < after.Unread) && after.Tab is Tab.Waiting or Tab.Error && before.Tab is not Tab.Waiting;
            var change = new ConversationChanged(
                after.Id, after.Version, before.Tab, after.Tab, after.Owner, after.Connection, after.Department, after.ResponsibleId, newForPeople, turn.Overdue);
            live.Publish(change);
            others.OnChanged?.Invoke(change);
        }
    }

    public void Tell(RunTurn turn)
    {
        WakeHooks(turn.HasHooks);
        Answer(turn.Outcomes);
        Wake(turn.EarliestDue, turn.HasTasks, turn.Withdrawn);
        live.PublishRun(turn.Run);
    }

    private void WakeHooks(bool owed)
    {
        if (owed)
        {
            hooks.Wake();
            others.OnHooksOwed?.Invoke();
        }
    }

    private void Answer(IReadOnlyList<(Guid Event, RunOutcome Outcome)> outcomes)
    {
        foreach (var (entry, outcome) in outcomes)
        {
            if (!callers.Complete(entry, outcome))
            {
                others.OnTurned?.Invoke(entry);
            }
        }
    }

    private void Wake(DateTimeOffset? dueAt, bool hasTasks, IEnumerable<TaskEnd> withdrawn)
    {
        if (dueAt is { } at)
        {
            due.DueAt(at);
        }

        if (hasTasks)
        {
            tasks.Wake();
        }

        foreach (var end in withdrawn)
        {
            tasks.Withdraw(end.Instance, end.Bookmark);
        }
    }
}
