using FlowEngine.Conversations;
using FlowEngine.Engine.Hooks;
using FlowEngine.Engine.Live;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Tasks;
using FlowEngine.Engine.Timers;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// Tells this process what a turn has committed: desks, callers that wait for a command, the due loop, the webhook sender, the work outside
/// of turns. All of it is a wake-up; whoever misses it finds the same in the store.
/// </summary>
public sealed class Announcer(LiveFeed live, CommandWaiters waiters, RunWaiters callers, DueSignal due, HookSignal hooks, RunningTasks tasks)
{
    public void Tell(Turn turn)
    {
        foreach (var outcome in turn.Outcomes)
        {
            waiters.Complete(outcome.CommandId, outcome);
        }

        if (turn.HasHooks)
        {
            hooks.Wake();
        }

        Answer(turn.Answers);
        Wake(turn.EarliestDue, turn.HasTasks, turn.Withdrawn);

        var (before, after) = (turn.Before, turn.Conversation);
        if (after.Version != before.Version || turn.HasMessages)
        {
            var newForPeople = (before.Tab != after.Tab || before.Unread < after.Unread) && after.Tab is Tab.Waiting or Tab.Error && before.Tab is not Tab.Waiting;
            live.Publish(new ConversationChanged(
                after.Id, after.Version, before.Tab, after.Tab, after.Owner, after.Connection, after.Department, after.ResponsibleId, newForPeople, turn.Overdue));
        }
    }

    public void Tell(RunTurn turn)
    {
        Answer(turn.Outcomes);
        Wake(turn.EarliestDue, turn.HasTasks, turn.Withdrawn);
    }

    private void Answer(IReadOnlyList<(Guid Event, RunOutcome Outcome)> outcomes)
    {
        foreach (var (entry, outcome) in outcomes)
        {
            callers.Complete(entry, outcome);
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
