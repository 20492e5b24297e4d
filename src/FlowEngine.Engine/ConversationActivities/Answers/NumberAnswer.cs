using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowEngine.Engine.ConversationActivities.Answers;

/// <summary>
/// A number as people write it: "1500", "1.500,50 €", "$1,500.50", "1 500", "unos 2000 euros", "2k", "3 mil". Exactly one number must
/// stand in the text: "entre 500 y 1000" is no answer.
/// </summary>
public static partial class NumberAnswer
{
    private const int LongestText = 80;

    public static decimal? Parse(string? text)
    {
        if (text is null || text.Length > LongestText)
        {
            return null;
        }

        var found = Numbers().Matches(text);
        if (found.Count != 1 || HasStrayDigits(text, found[0]))
        {
            return null;
        }

        var digits = Digits(found[0].Groups["number"].Value);
        return digits is null || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? null
            : Scaled(number, found[0].Groups["scale"].Value);
    }

    /// <summary>The number as fields keep it: digits, a point before decimals, no trailing zeros.</summary>
    public static string Write(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    // A digit outside the match belongs to a word ("mp3") or to a number that is written in a way that we do not know.
    private static bool HasStrayDigits(string text, Match match) =>
        text.Remove(match.Index, match.Length).Any(char.IsDigit);

    private static decimal? Scaled(decimal number, string scale) => scale.ToLowerInvariant() switch
    {
        "" => number,
        "k" or "mil" => Times(number, 1_000m),
        _ => Times(number, 1_000_000m),
    };

    private static decimal? Times(decimal number, decimal factor) => Math.Abs(number) > decimal.MaxValue / factor ? null : number * factor;

    private static string? Digits(string written)
    {
        var compact = written.Replace('\u00a0', ' ').Replace('\u202f', ' ');
        var decimalMark = DecimalMark(compact);
        var point = decimalMark is null ? -1 : compact.LastIndexOf(decimalMark.Value);
        var whole = point < 0 ? compact : compact[..point];
        var fraction = point < 0 ? "" : compact[(point + 1)..];
        return WholeDigits(whole) is { } digits && fraction.All(char.IsAsciiDigit) ? fraction.Length > 0 ? $"{digits}.{fraction}" : digits : null;
    }

    /// <summary>
    /// Of two kinds of marks the last one is the decimal mark. A single mark is one unless exactly three digits follow it: then it
    /// parts thousands ("1.500", "1,500"), except after a zero ("0,125").
    /// </summary>
    private static char? DecimalMark(string written)
    {
        var last = written.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            return null;
        }

        var mark = written[last];
        var other = mark == '.' ? ',' : '.';
        if (written.Contains(other, StringComparison.Ordinal))
        {
            return mark;
        }

        var isOnly = written.IndexOf(mark, StringComparison.Ordinal) == last;
        var partsThousands = written.Length - last - 1 == 3 && written[..last].TrimStart('-', '+') is not "0" and { Length: <= 3 };
        return isOnly && !partsThousands ? mark : null;
    }

    private static string? WholeDigits(string whole)
    {
        if (!whole.AsSpan().ContainsAny('.', ',', ' '))
        {
            return whole;
        }

        return Grouped().IsMatch(whole) ? whole.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) : null;
    }

    [GeneratedRegex(@"(?<![\p{L}\d.,])(?<number>[-+]?\d+(?:[.,\u0020\u00a0\u202f]\d+)*)(?!\d)\s*(?<scale>(?:k|mil|millones|millon|millón|milhões|milhão|million)(?!\p{L}))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^[-+]?\d{1,3}(?<mark>[., ])\d{3}(?:\k<mark>\d{3})*$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Grouped();
}
