using System.Diagnostics;
using FlowEngine.Conversations;
using FlowEngine.Engine.Outbox;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Engine.Turns;

/// <summary>What the drain must do after a turn's commit.</summary>
/// <param name="Released">The message that the commit released, to be called now.</param>
/// <param name="MoreToSend">Others wait behind the released one.</param>
/// <param name="More">Events were left for another turn.</param>
/// <param name="Cause">The turn's span, of which the send is a part; default when nobody records.</param>
public readonly record struct Turned(string Connection, Contact? Contact, Message? Released, bool MoreToSend, bool More, ActivityContext Cause = default);

/// <summary>Load, decide, commit: one turn of one mailbox. A lost race is decided again from fresh state.</summary>
public sealed partial class TurnRunner(ITurnStore store, TurnTools tools, Announcer announcer, TimeProvider clock, ILogger<TurnRunner> log)
{
    private const int Races = 20;

    /// <param name="hold">The node leaves: the turn releases no message, and what it would have released is due at once for whoever comes next.</param>
    public async Task<Turned> Run(Guid mailbox, IReadOnlyList<SendSettled> settled, CancellationToken cancel, bool hold = false)
    {
        if (Ids.IsRun(mailbox))
        {
            return await RunAlone(mailbox, cancel);
        }

        for (var race = 0; race < Races; race++)
        {
            var now = clock.GetUtcNow();
            var started = clock.GetTimestamp();
            if (await store.Load(mailbox, now, cancel) is not { } load)
            {
                return default;
            }

            using var span = TurnTrace.Start(load, settled);
            var turn = Decide(load, settled, now, hold);
            if (!turn.HasChanges)
            {
                return default;
            }

            // Dying before this commit: nothing of the turn happened. After it: all of it, and the released message is known to be
            // not yet called; the next start releases it again.
            var checkpoint = turn.ToCheckpoint();
            if (await store.Commit(checkpoint, CancellationToken.None))
            {
                Note(turn, load.Conversation.Connection);
                TurnCounts.Committed(checkpoint, clock.GetElapsedTime(started));
                TurnTrace.End(span, turn);
                announcer.Tell(turn);
                return new Turned(load.Conversation.Connection, turn.Contact, turn.Released, turn.HasQueued, turn.LeftEvents, span?.Context ?? default);
            }

            TurnCounts.Lost();
            span?.SetStatus(ActivityStatusCode.Error, "the mailbox had another version");
        }

        throw TooManyRaces(mailbox);
    }

    private static InvalidOperationException TooManyRaces(Guid mailbox) => new($"Mailbox {mailbox} lost {Races} races in a row; two processes turn it without a lease.");

    /// <summary>All events at once; when that throws, the first alone; when that throws too, it is counted and in the end set aside.</summary>
    private Turn Decide(TurnLoad load, IReadOnlyList<SendSettled> settled, DateTimeOffset now, bool hold)
    {
        try
        {
            return Turn.Decide(load, settled, tools, now, hold: hold);
        }
        catch (Exception defect)
        {
            log.LogError(defect, "A turn of {Count} events in mailbox {Mailbox} threw", load.Events.Count, load.Mailbox);
            return DecideFirst(load, settled, now, hold, defect);
        }
    }

    private Turn DecideFirst(TurnLoad load, IReadOnlyList<SendSettled> settled, DateTimeOffset now, bool hold, Exception defect)
    {
        if (load.Events.Count > 1)
        {
            try
            {
                return Turn.Decide(load with { Events = [load.Events[0]] }, settled, tools, now, leftEvents: true, hold);
            }
            catch (Exception alone)
            {
                defect = alone;
            }
        }

        return Turn.GiveUp(load, settled, tools, now, defect);
    }

    /// <summary>What the turn learned of its connection holds for all its conversations at once.</summary>
    private void Note(Turn turn, string connection)
    {
        if (turn.Paused is { } pause)
        {
            tools.Connections.Pause(pause);
            log.LogWarning("Connection {Connection} is paused by error {Code}", pause.Connection, pause.Code);
        }

        if (turn.SlowedUntil is { } until)
        {
            tools.Connections.Slow(connection, until);
        }
    }
}
