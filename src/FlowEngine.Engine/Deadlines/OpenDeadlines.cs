using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Engine.Deadlines;

/// <summary>
/// The deadlines that a waiting conversation has, by the company's settings as they stand now. Nothing is stored of it, so that a changed target
/// or changed hours hold at once, and the turn and the sweep that wakes it cannot disagree.
/// </summary>
public static class OpenDeadlines
{
    /// <param name="reminder">How long before its end people are reminded of the window; zero for never.</param>
    public static IEnumerable<Deadline> Of(Waiting waiting, CompanyBook company, TimeSpan reminder)
    {
        if (company.Targets(waiting.Department) is { } targets)
        {
            var first = !waiting.Answered;
            if (waiting.MissedClock != waiting.Since && Add(waiting, waiting.Since, first ? targets.FirstResponse : targets.NextResponse, targets, company) is { } due)
            {
                yield return new Deadline(first ? DeadlineKind.FirstResponse : DeadlineKind.NextResponse, waiting.Since, due);
            }

            if (waiting is { OwnerKind: OwnerKind.Queue, OwnedSince: { } queued } && Add(waiting, queued, targets.Overflow, targets, company) is { } overflow)
            {
                yield return new Deadline(DeadlineKind.Overflow, queued, overflow);
            }
        }

        if (waiting is { WindowUntil: { } until, WindowNotice: not WindowNotice.Closed })
        {
            if (waiting.WindowNotice == WindowNotice.None && reminder > TimeSpan.Zero)
            {
                yield return new Deadline(DeadlineKind.WindowClosing, until, until - reminder);
            }

            yield return new Deadline(DeadlineKind.WindowClosed, until, until);
        }
    }

    /// <summary>Null when there is no target, or when the department never opens again.</summary>
    private static DateTimeOffset? Add(Waiting waiting, DateTimeOffset since, TimeSpan? target, AnswerTargets targets, CompanyBook company)
    {
        if (target is not { } time)
        {
            return null;
        }

        return targets.PauseWhenClosed && company.Hours.For(waiting.Department) is { } hours
            ? hours.Add(since, time, OpeningHours.ZoneOf(company.Hours.TimeZone))
            : since + time;
    }
}
