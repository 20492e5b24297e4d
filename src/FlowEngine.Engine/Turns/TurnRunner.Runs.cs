using FlowEngine.Engine.Mailbox;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Engine.Turns;

/// <summary>Turns of runs without a conversation: the same three steps, and nothing to send.</summary>
public sealed partial class TurnRunner
{
    private async Task<Turned> RunAlone(Guid mailbox, CancellationToken cancel)
    {
        string? refused = null;
        for (var race = 0; race < Races; race++)
        {
            var now = clock.GetUtcNow();
            if (await store.LoadRun(mailbox, now, cancel) is not { } load)
            {
                return default;
            }

            var turn = Decide(load, now, refused);
            if (!turn.HasChanges)
            {
                return default;
            }

            // Dying before this commit: nothing of the turn happened. After it: all of it, and what it wanted stands in other mailboxes.
            var checkpoint = turn.ToCheckpoint();
            if (await store.Commit(checkpoint, CancellationToken.None))
            {
                announcer.Tell(turn);
                return new Turned("", null, null, MoreToSend: false, turn.LeftEvents);
            }

            refused = checkpoint.Claim is { } claim && await store.FindHolder(claim, cancel) is { } holder && holder != mailbox ? claim : null;
        }

        throw TooManyRaces(mailbox);
    }

    /// <summary>
    /// The turn of an event of which nothing is stored yet, in one transaction with it: for a new run, or the only one that waits for a signal and has
    /// nothing else to do. Answers the run; null when the event must be stored first and turned in its order, whatever stands in the way.
    /// </summary>
    public async Task<Guid?> RunUnstored(NewEvent added)
    {
        var now = clock.GetUtcNow();
        if (await Load(added, now) is not var (load, received))
        {
            return null;
        }

        try
        {
            var turn = RunTurn.Decide(load, tools, now);

            // Dying before this commit: nothing of event and turn happened, and nobody was told of either. After it: all of both.
            var checkpoint = turn.ToCheckpoint();
            if (!await store.Commit(checkpoint with { Events = [], Received = new ReceivedEvent(received, checkpoint.Events[0].ResultJson) }, CancellationToken.None))
            {
                return null;
            }

            announcer.Tell(turn);
            return load.Mailbox;
        }
        catch (Exception defect)
        {
            log.LogError(defect, "An event of run {Mailbox} could not be turned before it was stored", load.Mailbox);
            return null;
        }
    }

    private async Task<(RunLoad Load, NewEvent Received)?> Load(NewEvent added, DateTimeOffset now)
    {
        var load = added.NewRun is { } run ? new RunLoad { Mailbox = run, MailboxVersion = 0, Events = [] }
            : added.Signal is { } signal ? await store.LoadWaiting(signal, now, CancellationToken.None)
            : null;
        if (load is null)
        {
            return null;
        }

        var received = added.NewRun is null ? added.For(added.Id, load.Mailbox, load.Mailbox) : added;
        return (load with { Events = [new PendingEvent(received.Id, received.Event, now, Attempts: 0, MessageId: null)] }, received);
    }

    /// <summary>All events at once; when that throws, the first alone; when that throws too, it is counted and in the end set aside.</summary>
    private RunTurn Decide(RunLoad load, DateTimeOffset now, string? refused)
    {
        try
        {
            return RunTurn.Decide(load, tools, now, refused);
        }
        catch (Exception defect)
        {
            log.LogError(defect, "A turn of {Count} events of run {Mailbox} threw", load.Events.Count, load.Mailbox);
            try
            {
                return load.Events.Count > 1
                    ? RunTurn.Decide(load with { Events = [load.Events[0]] }, tools, now, refused, leftEvents: true)
                    : RunTurn.GiveUp(load, tools, now, defect);
            }
            catch (Exception alone)
            {
                return RunTurn.GiveUp(load, tools, now, alone);
            }
        }
    }
}
