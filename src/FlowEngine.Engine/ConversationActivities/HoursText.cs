using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using FlowEngine.Engine.ConversationActivities.Answers;
using FlowEngine.Engine.ConversationActivities.Words;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// Weekly hours as people write them, one line for days and their periods: <c>lunes-viernes 09:00-14:00, 16:00-19:00</c>,
/// <c>sábado 10:00-13:00</c>. Days in Spanish, Portuguese or English, whole or in three letters; one, a range, or several with commas.
/// </summary>
public static partial class HoursText
{
    public static Reading<OpeningHours> Read(string? text, IEnumerable<string>? holidays = null)
    {
        var periods = ImmutableArray.CreateBuilder<OpenPeriod>();
        foreach (var line in (text ?? "").Split(['\n', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadLine(line) is not { } found)
            {
                return Reading.Bad<OpeningHours>($"'{line}' is not understood; write lines such as: lunes-viernes 09:00-14:00, 16:00-19:00");
            }

            periods.AddRange(found);
        }

        var closed = new HashSet<DateOnly>();
        foreach (var day in holidays ?? [])
        {
            if (!DateOnly.TryParseExact(day.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return Reading.Bad<OpeningHours>($"'{day}' is not a day such as 2026-12-25");
            }

            closed.Add(date);
        }

        return Reading.Of<OpeningHours>(new OpeningHours(periods.ToImmutable(), [.. closed]));
    }

    private static List<OpenPeriod>? ReadLine(string line)
    {
        var match = Line().Match(line);
        if (!match.Success || ReadDays(match.Groups["days"].Value) is not { } days)
        {
            return null;
        }

        var times = match.Groups["from"].Captures.Zip(match.Groups["to"].Captures, (from, to) => (From: Time(from.Value), To: Time(to.Value))).ToList();
        return times.Any(time => time.From is null || time.To is null)
            ? null
            : [.. days.SelectMany(day => times.Select(time => new OpenPeriod(day, time.From!.Value, time.To!.Value)))];
    }

    private static List<DayOfWeek>? ReadDays(string text)
    {
        var days = new List<DayOfWeek>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split(['-', '–'], StringSplitOptions.TrimEntries).Select(name => DateWords.Weekday(PlainWords.Of(name))).ToList();
            if (ends.Count > 2 || ends.Any(day => day is null))
            {
                return null;
            }

            days.AddRange(From(ends[0]!.Value, ends[^1]!.Value));
        }

        return days;
    }

    private static IEnumerable<DayOfWeek> From(DayOfWeek first, DayOfWeek last) =>
        Enumerable.Range(0, ((int)last - (int)first + 7) % 7 + 1).Select(step => (DayOfWeek)(((int)first + step) % 7));

    /// <summary>24:00 is the end of the day, which a time of day writes as 00:00.</summary>
    private static TimeOnly? Time(string text) => text == "24:00" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    [GeneratedRegex(@"^(?<days>\p{L}[\p{L}\s,–\-]*?)\s*:?\s+(?:(?:,|y|e|and)?\s*(?<from>\d{1,2}:\d{2})\s*[-–]\s*(?<to>\d{1,2}:\d{2})\s*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Line();
}
