using System.Globalization;

namespace FlowEngine.Server.Inbox.Screens.Wording;

/// <summary>How long somebody has been waiting, as short as a list can bear: <c>40 s</c>, <c>7 min</c>, <c>2 h 05</c>, <c>3 d</c>.</summary>
public static class WaitAge
{
    /// <summary>From here on the chip is amber.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    /// <summary>From here on it is red, and so is the tab that holds it.</summary>
    public static readonly TimeSpan VeryLate = TimeSpan.FromMinutes(15);

    /// <summary>The units are the same words in Spanish, Portuguese and English. Seconds come in tens, as often as the desk ticks.</summary>
    public static string Format(TimeSpan age) => age switch
    {
        { Ticks: < 0 } => "0 s",
        { TotalMinutes: < 1 } => Invariant($"{age.Seconds / 10 * 10} s"),
        { TotalHours: < 1 } => Invariant($"{(int)age.TotalMinutes} min"),
        { TotalDays: < 1 } => Invariant($"{(int)age.TotalHours} h {age.Minutes:00}"),
        _ => Invariant($"{(int)age.TotalDays} d"),
    };

    /// <summary>The word that styles and tests know the urgency by.</summary>
    public static string Level(TimeSpan age) => age >= VeryLate ? "verylate" : age >= Late ? "late" : "fresh";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
