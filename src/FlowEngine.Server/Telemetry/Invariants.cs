using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Telemetry;

/// <summary>
/// The watchdog: asks the database whether what must always hold does. It uses none of the engine's own code for it, so that a defect there
/// is seen here; it changes nothing.
/// </summary>
public sealed partial class Invariants(IDbContextFactory<FlowEngineContext> contexts, TurnOptions options, TimeProvider clock)
{
    private const int Shown = 5;

    /// <param name="reach">How far back messages and events are looked at; the state of conversations is always looked at as it is.</param>
    public async Task<InvariantReport> Check(TimeSpan reach, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var since = now - reach;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var late = await ReleasedLate(db, since, cancel);
        var overPeople = late.Where(l => l.OverPerson).ToList();
        var twice = await AcceptedTwice(db, reach, cancel);
        return new InvariantReport(now, since, late.Select(l => l.Message).Concat(twice.Select(t => t.Message)).Distinct().Count(),
        [
            Of("I3", "no automatic message is released under an old epoch", late.Select(l => l.Conversation)),
            Of("I4", "no automatic message is released after a person took over", overPeople.Select(l => l.Conversation)),
            Of("I7", "a message is accepted once, unless somebody decided to send it again", twice.Select(t => t.Conversation)),
            Of("I10", "a lead who waits is seen by people, or a live automation has it", await Unseen(db, now, cancel)),
            Of("I11", "a flow that owns a conversation can wake up", await Asleep(db, cancel)),
            Of("I12", "a queue has people", await Unstaffed(db, cancel)),
        ]);
    }

    private static InvariantCheck Of(string invariant, string meaning, IEnumerable<Guid> conversations)
    {
        var all = conversations.ToList();
        return new InvariantCheck(invariant, meaning, all.Count, [.. all.Distinct().Take(Shown)]);
    }
}
