using System.Globalization;

namespace FlowEngine.Server.Inbox.Screens.Wording;

/// <summary>The coloured circle with initials that stands for a person without a picture.</summary>
public static class Avatar
{
    private const int Colours = 8;

    /// <summary>First letters of the first and last word; a number or an empty name gives its last two digits or a dot.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(w => char.IsLetter(w, 0) || char.IsSurrogate(w[0])).ToArray();
        if (words.Length > 0)
        {
            return (FirstLetter(words[0]) + (words.Length > 1 ? FirstLetter(words[^1]) : "")).ToUpper(CultureInfo.CurrentCulture);
        }

        var digits = string.Concat(name.Where(char.IsDigit));
        return digits.Length >= 2 ? digits[^2..] : "·";
    }

    /// <summary>One of eight colours, always the same for one id.</summary>
    public static int Colour(Guid id) => id.ToByteArray().Aggregate(17, (sum, b) => unchecked((sum * 31) + b) & 0x7FFF) % Colours;

    private static string FirstLetter(string word) => StringInfo.GetNextTextElement(word);
}
