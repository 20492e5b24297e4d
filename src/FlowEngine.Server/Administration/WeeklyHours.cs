using System.Collections.Immutable;
using System.Globalization;
using FlowEngine.Engine.ConversationActivities;

namespace FlowEngine.Server.Administration;

/// <param name="Day">monday … sunday.</param>
/// <param name="From">Local time as <c>09:00</c>.</param>
/// <param name="To">Local time; at or before <paramref name="From"/> it runs past midnight.</param>
public sealed record WeeklyPeriod(string Day, string From, string To);

/// <summary>Business hours as people write and as they are stored (decision 23).</summary>
/// <param name="Holidays">Days as <c>2026-12-25</c> on which everything is closed.</param>
public sealed record WeeklyHours(IReadOnlyList<WeeklyPeriod>? Periods, IReadOnlyList<string>? Holidays)
{
    private const string TimeFormat = "HH:mm";
    private const string DateFormat = "yyyy-MM-dd";

    public void Check(FieldErrors errors, string field)
    {
        foreach (var period in Periods ?? [])
        {
            errors.Check(TryDay(period.Day, out _), $"{field}.periods", $"have a day of monday to sunday, not {period.Day}");
            errors.Check(TryTime(period.From, out _) && TryTime(period.To, out _), $"{field}.periods", "have times such as 09:00");
        }

        errors.Check((Holidays ?? []).All(h => TryDate(h, out _)), $"{field}.holidays", "are dates such as 2026-12-25");
    }

    /// <summary>For hours that were checked; what cannot be read is left out.</summary>
    public OpeningHours ToOpeningHours()
    {
        var periods = ImmutableArray.CreateBuilder<OpenPeriod>();
        foreach (var period in Periods ?? [])
        {
            if (TryDay(period.Day, out var day) && TryTime(period.From, out var from) && TryTime(period.To, out var to))
            {
                periods.Add(new OpenPeriod(day, from, to));
            }
        }

        return new OpeningHours(periods.ToImmutable(), [.. (Holidays ?? []).Where(h => TryDate(h, out _)).Select(h => DateOnly.ParseExact(h, DateFormat, CultureInfo.InvariantCulture))]);
    }

    private static bool TryDay(string? word, out DayOfWeek day) => Enum.TryParse(word, ignoreCase: true, out day) && !int.TryParse(word, CultureInfo.InvariantCulture, out _);

    private static bool TryTime(string? word, out TimeOnly time) => TimeOnly.TryParseExact(word, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool TryDate(string? word, out DateOnly date) => DateOnly.TryParseExact(word, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
