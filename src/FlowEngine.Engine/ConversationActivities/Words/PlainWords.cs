using System.Globalization;
using System.Text;

namespace FlowEngine.Engine.ConversationActivities.Words;

/// <summary>
/// Text as people mean it, for comparing: lower case, without accents, punctuation, emoji or doubled spaces. "¡Sí, MAÑANA!" and
/// "si manana" are the same.
/// </summary>
public static class PlainWords
{
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var plain = new StringBuilder(text.Length);
        foreach (var rune in Decomposed(text).EnumerateRunes())
        {
            Append(plain, rune);
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>Whether <paramref name="words"/> stand in <paramref name="text"/> as whole words; both are plain already.</summary>
    public static bool Contain(string text, string words) =>
        words.Length > 0 && $" {text} ".Contains($" {words} ", StringComparison.Ordinal);

    private static void Append(StringBuilder plain, Rune rune)
    {
        if (Rune.IsLetterOrDigit(rune))
        {
            plain.Append(Rune.ToLowerInvariant(rune));
        }
        else if (!IsMark(rune) && plain.Length > 0 && plain[^1] != ' ')
        {
            plain.Append(' ');
        }
    }

    // Accents, and the variation and keycap marks that make an emoji of a digit, vanish without leaving a gap.
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    // A lone surrogate (a cut emoji) cannot be normalised; such a text is compared as it is.
    private static string Decomposed(string text)
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
