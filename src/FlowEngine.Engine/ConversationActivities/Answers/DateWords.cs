namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>Names of days and months in Spanish, Portuguese and English, as plain words.</summary>
public static class DateWords
{
    private static readonly string[][] Months =
    [
        ["enero", "ene", "janeiro", "jan", "january"], ["febrero", "feb", "fevereiro", "fev", "february"], ["marzo", "mar", "marco", "march"],
        ["abril", "abr", "april", "apr"], ["mayo", "may", "maio", "mai"], ["junio", "jun", "junho", "june"], ["julio", "jul", "julho", "july"],
        ["agosto", "ago", "august", "aug"], ["septiembre", "setiembre", "sep", "sept", "setembro", "set", "september"],
        ["octubre", "oct", "outubro", "out", "october"], ["noviembre", "nov", "novembro", "november"], ["diciembre", "dic", "dezembro", "dez", "december", "dec"],
    ];

    private static readonly string[][] Weekdays =
    [
        ["domingo", "dom", "sunday", "sun"], ["lunes", "lun", "segunda", "segunda feira", "monday", "mon"], ["martes", "terca", "terca feira", "tuesday", "tue"],
        ["miercoles", "mie", "quarta", "quarta feira", "wednesday", "wed"], ["jueves", "jue", "quinta", "quinta feira", "thursday", "thu"],
        ["viernes", "vie", "sexta", "sexta feira", "friday", "fri"], ["sabado", "sab", "saturday", "sat"],
    ];

    private static readonly string[] Leads = ["el proximo ", "proximo ", "este ", "el ", "na ", "no ", "next ", "on ", "this "];

    /// <summary>1 to 12.</summary>
    public static int? Month(string plain) => Array.FindIndex(Months, names => names.Contains(plain)) is >= 0 and var at ? at + 1 : null;

    public static DayOfWeek? Weekday(string plain) => Array.FindIndex(Weekdays, names => names.Contains(plain)) is >= 0 and var at ? (DayOfWeek)at : null;

    /// <summary>"hoy", "mañana", a weekday (the next one, never today) …</summary>
    public static DateOnly? Relative(string plain, DateOnly today) => plain switch
    {
        "hoy" or "hoje" or "today" => today,
        "manana" or "amanha" or "tomorrow" => today.AddDays(1),
        "pasado manana" or "depois de amanha" or "day after tomorrow" or "the day after tomorrow" => today.AddDays(2),
        _ => Next(WithoutLead(plain), today),
    };

    private static DateOnly? Next(string plain, DateOnly today) => Weekday(plain) is { } day
        ? today.AddDays(((int)day - (int)today.DayOfWeek + 6) % 7 + 1)
        : null;

    private static string WithoutLead(string plain) => Leads.FirstOrDefault(lead => plain.StartsWith(lead, StringComparison.Ordinal)) is { } found ? plain[found.Length..] : plain;
}
