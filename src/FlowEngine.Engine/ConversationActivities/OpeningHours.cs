using System.Collections.Immutable;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>A stretch of one weekday. When it ends at or before its start it runs past midnight into the next day.</summary>
public readonly record struct OpenPeriod(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>Weekly hours in local time, several periods a day, and the days on which everything is closed.</summary>
public sealed record OpeningHours(ImmutableArray<OpenPeriod> Periods, ImmutableHashSet<DateOnly> Holidays)
{
    /// <summary>
    /// Whether it is open at that instant in that zone. An instant has exactly one local time, so the change days of summer time need
    /// no rule of their own. A period past midnight belongs to the day on which it starts, also for holidays.
    /// </summary>
    public bool IsOpen(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var today = DateOnly.FromDateTime(local);
        var time = TimeOnly.FromDateTime(local);
        return IsOpenOn(today, period => period.From <= time && (time < period.To || period.To <= period.From))
            || IsOpenOn(today.AddDays(-1), period => period.To <= period.From && time < period.To);
    }

    /// <summary>The next instant at which it opens, within two weeks; null when it does not. A start that summer time skips is an hour later.</summary>
    public DateTimeOffset? OpensAfter(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        return Enumerable.Range(0, 15)
            .Select(today.AddDays)
            .Where(day => !Holidays.Contains(day))
            .SelectMany(day => Periods.Where(period => period.Day == day.DayOfWeek).Select(period => Instant(day.ToDateTime(period.From), zone)))
            .Where(start => start > instant)
            .Select(start => (DateTimeOffset?)start)
            .Min();
    }

    /// <summary>
    /// The instant at which so much open time has passed since the start; null when it does not open for so long within two months. Open time is
    /// real time: an hour that summer time skips or repeats counts as it passed (race R63).
    /// </summary>
    public DateTimeOffset? Add(DateTimeOffset start, TimeSpan time, TimeZoneInfo zone)
    {
        var (left, from) = (time, start);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        foreach (var (opens, closes) in Enumerable.Range(-1, 62).Select(today.AddDays).SelectMany(day => OpenOn(day, zone)).OrderBy(p => p.Opens))
        {
            from = opens > from ? opens : from;
            if (closes - from >= left)
            {
                return (from + left).ToUniversalTime();
            }

            if (closes > from)
            {
                (left, from) = (left - (closes - from), closes);
            }
        }

        return null;
    }

    /// <summary>The zone of an IANA name; UTC when the name is unknown.</summary>
    public static TimeZoneInfo ZoneOf(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        var valid = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(valid, zone.GetUtcOffset(valid));
    }

    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> OpenOn(DateOnly day, TimeZoneInfo zone) => Holidays.Contains(day)
        ? []
        : Periods.Where(p => p.Day == day.DayOfWeek).Select(p => (Instant(day.ToDateTime(p.From), zone), Instant((p.To <= p.From ? day.AddDays(1) : day).ToDateTime(p.To), zone)));

    private bool IsOpenOn(DateOnly day, Func<OpenPeriod, bool> covers) =>
        !Holidays.Contains(day) && Periods.Any(period => period.Day == day.DayOfWeek && covers(period));
}
