using FlowEngine.Engine;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Deadlines;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Turns;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Jobs.Deadlines;

/// <summary>
/// Finds the deadlines of people that have come, from the columns of the conversations in which an answer is owed, and puts each into its mailbox. Its
/// key is made of what it is about, so that two sweeps, on two nodes or one after the other, are one event.
/// </summary>
internal sealed class DeadlineSweep(
    IDbContextFactory<FlowEngineContext> contexts, CompanyBook company, TurnOptions options, Intake intake, Ids ids, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>Answers the seconds, within the time ahead, at which it must look again.</summary>
    public async Task<IReadOnlyCollection<DateTimeOffset>> Look(TimeSpan ahead, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var soon = new SortedSet<DateTimeOffset>();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        List<Waiting> page;
        Waiting? last = null;
        do
        {
            page = await After(db, last).ToListAsync(cancel);
            last = page.LastOrDefault();
            var open = page.SelectMany(w => OpenDeadlines.Of(w, company, options.WindowReminder).Select(d => (Of: w, Deadline: d))).ToList();

            // Dying here: nothing was marked, and the next look finds the same.
            await intake.Accept([.. open.Where(o => o.Deadline.Due <= now).Select(o => Event(o.Of.Id, o.Deadline))], cancel);
            soon.UnionWith(open.Where(o => o.Deadline.Due > now && o.Deadline.Due <= now + ahead).Select(o => NextSecond(o.Deadline.Due)));
        }
        while (page.Count == Batch);

        return soon;
    }

    /// <summary>The conversations in which people owe an answer, the longest wait first.</summary>
    internal static IQueryable<Waiting> After(FlowEngineContext db, Waiting? last)
    {
        var waiting = db.Conversations.AsNoTracking().Where(c => c.HumanWaitSince != null);
        if (last is { Since: var since, Id: var id })
        {
            waiting = waiting.Where(c => c.HumanWaitSince > since || (c.HumanWaitSince == since && c.Id > id));
        }

        return waiting.OrderBy(c => c.HumanWaitSince).ThenBy(c => c.Id).Take(Batch).Select(c => new Waiting(
            c.Id, c.HumanWaitSince!.Value, c.Department, c.OwnerKind, c.OwnerId, c.OwnedSince, c.PersonAnswered, c.MissedClock, c.WindowUntil, c.WindowNotice));
    }

    /// <summary>With the due time in its key: a target that was changed makes a deadline of its own.</summary>
    private NewEvent Event(Guid conversation, Deadline deadline) => new(
        ids.Next(),
        $"deadline:{deadline.Kind}:{conversation:N}:{Stored.Instant(deadline.Clock)}:{Stored.Instant(deadline.Due)}",
        new DeadlineReached(deadline.Kind, deadline.Clock, deadline.Due))
    {
        ConversationId = conversation,
    };

    private static DateTimeOffset NextSecond(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds((at.ToUnixTimeMilliseconds() + 999) / 1000);
}
