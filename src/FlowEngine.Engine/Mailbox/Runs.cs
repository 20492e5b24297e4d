using FlowEngine.Engine.Turns;

namespace FlowEngine.Engine.Mailbox;

/// <summary>
/// The door to runs from outside of a turn: events that they wait for, tasks that are done, runs that begin, changes to them. Each is durable
/// when the call returns; who asks for an outcome waits for the turn as a command's caller does (decision 9).
/// </summary>
public sealed class Runs(ITurnStore store, Intake intake, Drain drain, Signals signals, RunWaiters waiters, TurnOptions options, TimeProvider clock, Ids ids)
{
    /// <summary>Starts what the event triggers, and resumes all that wait for it now or soon.</summary>
    /// <returns>How many runs it has reached or begun; zero when it is kept.</returns>
    public async ValueTask<int> Publish(string name, string? payloadJson, string? correlationId, CancellationToken cancel, Guid? only = null) =>
        (await Accept(signals.Event(name, payloadJson, correlationId, clock.GetUtcNow(), only), cancel)).Sum(r => r.Status == AppendStatus.Appended ? 1 + r.Others : 0);

    /// <summary>Reports a task as done; false when nobody waits for it (any more).</summary>
    public async ValueTask<bool> CompleteTask(string taskId, string? resultJson, CancellationToken cancel) =>
        (await Accept([signals.TaskDone(taskId, resultJson)], cancel))[0].Status == AppendStatus.Appended;

    /// <summary>Begins a run and waits for its first burst.</summary>
    /// <param name="key">The same key twice is one run; null makes a new one.</param>
    /// <returns>The run, and its outcome; null when its turn has not ended within the wait.</returns>
    public ValueTask<(Guid Run, RunOutcome? Outcome)> Start(RunStarted started, string? key, CancellationToken cancel) =>
        Execute(signals.Start(started, key), options.CommandWait, cancel);

    /// <summary>Changes a run and waits for the turn; null when there is no such run, or its turn has not ended within the wait.</summary>
    public async ValueTask<RunOutcome?> Alter(Guid run, RunAlteration alteration, CancellationToken cancel)
    {
        var id = ids.Next();
        return (await Execute(new NewEvent(id, $"alter:{id:N}", new RunAltered(alteration)) { ConversationId = run }, options.CommandWait, cancel)).Outcome;
    }

    /// <summary>
    /// Takes one event to its outcome: turned and stored in one transaction where the run is free, else stored and then turned in its order.
    /// </summary>
    public async ValueTask<(Guid Mailbox, RunOutcome? Outcome)> Execute(NewEvent added, TimeSpan wait, CancellationToken cancel)
    {
        // Expected before it is turned: the turn may end before anything returns here.
        var (expected, started) = (waiters.Expect(added.Id), clock.GetTimestamp());
        added = added.Traced();
        try
        {
            if (await TurnUnstored(added, wait, cancel) is { } run)
            {
                return (run, await expected);
            }

            wait = TimeSpan.FromTicks(Math.Max(0, (wait - clock.GetElapsedTime(started)).Ticks));
            var appended = (await store.AppendAhead([added], clock.GetUtcNow(), cancel))[0];
            if (appended.Status is AppendStatus.Unknown or AppendStatus.Kept)
            {
                return (Guid.Empty, null);
            }

            var outcome = await Outcome(added, appended, expected, wait, cancel);
            if (outcome is null)
            {
                // Who hears that it is under way may rely on it.
                await store.Secure([added], clock.GetUtcNow(), cancel);
            }

            return (appended.Mailbox, outcome);
        }
        finally
        {
            waiters.Forget(added.Id);
        }
    }

    /// <summary>One event goes the same two ways; several are stored together.</summary>
    private async ValueTask<IReadOnlyList<AppendResult>> Accept(IReadOnlyList<NewEvent> events, CancellationToken cancel) =>
        events is [var only] && await drain.TurnUnstored(only.Traced()) is { } run ? [new AppendResult(AppendStatus.Appended, only.Id, run)] : await intake.Accept(events, cancel);

    /// <summary>When the wait is over before it has ended, one of two comes first: its commit, or the event's by the ordinary way; the other finds the key known.</summary>
    private async ValueTask<Guid?> TurnUnstored(NewEvent added, TimeSpan wait, CancellationToken cancel)
    {
        try
        {
            return await drain.TurnUnstored(added).WaitAsync(wait, clock, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async ValueTask<RunOutcome?> Outcome(NewEvent added, AppendResult appended, Task<RunOutcome> expected, TimeSpan wait, CancellationToken cancel)
    {
        var waiter = appended.EventId == added.Id ? expected : waiters.Expect(appended.EventId);
        if (!appended.Elsewhere)
        {
            drain.Wake(appended.Mailbox);
        }

        // Another node's turn is heard of as this one's is: its news complete the waiter.
        return await Await(appended.EventId, waiter, wait, cancel);
    }

    private async ValueTask<RunOutcome?> Await(Guid entry, Task<RunOutcome> waiter, TimeSpan wait, CancellationToken cancel)
    {
        try
        {
            return await store.FindRunOutcome(entry, cancel) ?? await waiter.WaitAsync(wait, clock, cancel);
        }
        catch (TimeoutException)
        {
            return await store.FindRunOutcome(entry, cancel);
        }
        finally
        {
            waiters.Forget(entry);
        }
    }
}
