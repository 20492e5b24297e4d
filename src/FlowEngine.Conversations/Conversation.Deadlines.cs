namespace FlowEngine.Conversations;

/// <summary>What people were told of the end of the 24-hour window: each once per window (race R104).</summary>
public enum WindowNotice { None = 0, Closing = 1, Closed = 2 }

/// <summary>Verbs of the clock. They act only while the answer is still owed, so that a wake-up that comes twice or too late changes nothing.</summary>
public sealed partial record Conversation
{
    /// <summary>
    /// The answer that people owe has not been accepted by the time at which it was due (race R65). Recorded once per clock: owner, stage and
    /// clocks stay.
    /// </summary>
    /// <param name="target">firstResponse or nextResponse.</param>
    public Decision MissAnswer(string target, DateTimeOffset due, DateTimeOffset now)
    {
        if (HumanWaitSince is not { } clock || MissedClock == clock || now < due)
        {
            return Decision.Unchanged(this);
        }

        var data = Facts(("target", target), ("due", Iso(due)), ("waitingSince", Iso(clock)), ("department", Department));
        return Change(this with { MissedClock = clock }, new Act(Actor.System, now, "slaBreached") { Cause = target, Data = data, Quiet = true });
    }

    /// <summary>The window of a conversation that owes an answer closes soon: told once per window.</summary>
    public Decision WindowCloses(DateTimeOffset now) => Tell(WindowNotice.Closing, "windowClosing", now);

    /// <summary>The window has closed on a conversation that owes an answer: from now on only a template helps.</summary>
    public Decision WindowClosed(DateTimeOffset now) => Tell(WindowNotice.Closed, "windowClosed", now);

    /// <summary>
    /// Nobody has claimed it from its queue in time: it goes to the queue of the department's overflow, the clock runs on (race R31). Without a
    /// usable overflow it stays.
    /// </summary>
    public Decision Overflow(Staff staff, DateTimeOffset now)
    {
        if (Lifecycle == Lifecycle.Finished || Owner.Kind != OwnerKind.Queue
            || ActiveDepartment(ActiveDepartment(Owner.Id, staff)?.Overflow, staff) is not { } next)
        {
            return Decision.Unchanged(this);
        }

        var to = QueueOf(next, staff);
        return SameParty(to.Owner, Owner)
            ? Decision.Unchanged(this)
            : Change(GivenTo(to), new Act(Actor.System, now, "overflowed") { Data = Facts(("department", to.Department), ("from", Owner.Name)) });
    }

    private Decision Tell(WindowNotice notice, string kind, DateTimeOffset now)
    {
        if (HumanWaitSince is null || WindowUntil is not { } until || WindowNotice >= notice)
        {
            return Decision.Unchanged(this);
        }

        return Change(this with { WindowNotice = notice }, new Act(Actor.System, now, kind) { Data = Facts(("until", Iso(until))), Quiet = true });
    }

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
