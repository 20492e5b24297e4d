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
