using System.Globalization;
using System.Text;

namespace FlowEngine.Server.Knowledge.Words;

/// <summary>Text as it is compared: small letters, without accents, cut into words of letters and digits.</summary>
internal static class PlainText
{
    // A word that is longer is an address or noise.
    private const int LongestWord = 40;

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in Decompose(text))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(letter));
            }
        }

        return folded.ToString();
    }

    /// <summary>The words of a text, folded, with repetitions.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var folded = Fold(text);
        for (var start = 0; start < folded.Length;)
        {
            var end = start;
            while (end < folded.Length && char.IsLetterOrDigit(folded[end]))
            {
                end++;
            }

            if (end - start is > 1 and <= LongestWord || (end > start && char.IsAsciiDigit(folded[start])))
            {
                yield return folded[start..end];
            }

            start = end + 1;
        }
    }

    // Half a surrogate pair, which nobody types but anybody may post, cannot be decomposed.
    private static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
