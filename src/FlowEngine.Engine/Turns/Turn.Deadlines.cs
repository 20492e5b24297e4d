using FlowEngine.Conversations;
using FlowEngine.Engine.Deadlines;
using FlowEngine.Engine.Mailbox;

namespace FlowEngine.Engine.Turns;

public sealed partial class Turn
{
    /// <summary>The kind of what this turn found overdue, for the desks; null when nothing.</summary>
    public string? Overdue => history.FindLast(h => h.Kind is "slaBreached" or "windowClosing" or "windowClosed" or "overflowed")?.Kind;

    /// <summary>
    /// A turn begins with it, before it takes in what has settled: so a reply that settled after the due time was late however late a wake-up comes,
    /// and one that had settled before was not (race R65).
    /// </summary>
    private void RecordLateAnswer() => Expire(now, d => d.Kind is DeadlineKind.FirstResponse or DeadlineKind.NextResponse && d.Due <= now);

    /// <summary>
    /// A wake-up for one deadline: it acts only while that very clock still runs. Its due time counts as reached, for the clock of the node that sent
    /// it may be ahead of ours.
    /// </summary>
    private void TimeIsUp(DeadlineReached reached)
    {
        var at = reached.Due > now ? reached.Due : now;
        Expire(at, d => d.Kind == reached.Kind && d.Clock == reached.Clock && d.Due <= at);
    }

    private void Expire(DateTimeOffset at, Func<Deadline, bool> which)
    {
        if (Waiting.Of(conversation) is not { } waiting)
        {
            return;
        }

        foreach (var deadline in OpenDeadlines.Of(waiting, tools.Company, tools.Options.WindowReminder).Where(which))
        {
            Take(deadline.Kind switch
            {
                DeadlineKind.FirstResponse => conversation.MissAnswer("firstResponse", deadline.Due, at),
                DeadlineKind.NextResponse => conversation.MissAnswer("nextResponse", deadline.Due, at),
                DeadlineKind.Overflow => conversation.Overflow(load.Staff, at),
                DeadlineKind.WindowClosing when waiting.WindowUntil > at => conversation.WindowCloses(at),
                DeadlineKind.WindowClosed => conversation.WindowClosed(at),
                _ => Decision.Unchanged(conversation),
            });
        }
    }
}
