using System.Globalization;
using System.Text.RegularExpressions;
using FlowEngine.Engine.ConversationActivities.Words;

namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>
/// A day as people write it: "25/12/2026", "25-12", "2026-12-25", "25 de diciembre", "hoy", "mañana", "pasado mañana", "el lunes";
/// Spanish, Portuguese and English words, always day before month. A day without a year is the next such day.
/// </summary>
public static partial class DateAnswer
{
    /// <param name="today">Today where the company is.</param>
    public static DateOnly? Parse(string? text, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 60)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
        {
            return iso;
        }

        if (DayMonthYear().Match(text) is { Success: true } numbers)
        {
            return Day(numbers.Groups["day"].Value, numbers.Groups["month"].Value, numbers.Groups["year"].Value, today);
        }

        var plain = PlainWords.Of(text);
        return DateWords.Relative(plain, today) ?? Worded(plain, today);
    }

    private static DateOnly? Worded(string plain, DateOnly today)
    {
        var match = DayAndMonthName().Match(plain);
        return match.Success && DateWords.Month(match.Groups["month"].Value) is { } month
            ? Day(match.Groups["day"].Value, month.ToString(CultureInfo.InvariantCulture), match.Groups["year"].Value, today)
            : null;
    }

    private static DateOnly? Day(string day, string month, string year, DateOnly today)
    {
        var (d, m) = (Number(day), Number(month));
        if (year.Length > 0)
        {
            return Exact(year.Length == 2 ? 2000 + Number(year) : Number(year), m, d);
        }

        // The 29th of February may be up to eight years away (2096 to 2104).
        return Enumerable.Range(today.Year, 9).Select(y => Exact(y, m, d)).FirstOrDefault(found => found >= today);
    }

    private static DateOnly? Exact(int year, int month, int day) =>
        year is >= 1900 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\D*?(?<day>[0-9]{1,2})\s*[/.\-]\s*(?<month>[0-9]{1,2})(?:\s*[/.\-]\s*(?<year>[0-9]{4}|[0-9]{2}))?[^\d/\-]*$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(@"^(?:el |dia |no |o |on |the )*(?<day>[0-9]{1,2})(?: de| of|st|nd|rd|th)? (?<month>[a-z]{3,12})(?:(?: de| del| of)? (?<year>[0-9]{4}))?$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex DayAndMonthName();
}
