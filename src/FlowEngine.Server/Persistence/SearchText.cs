using System.Globalization;
using System.Text;

namespace FlowEngine.Server.Persistence;

/// <summary>Text as searches compare it: who types "munoz" finds "Muñoz". The same in both databases.</summary>
public static class SearchText
{
    /// <summary>What the database's function is called; <see cref="FlowEngineContext.Folded"/> is it in queries.</summary>
    public const string Function = "fe_fold";

    /// <summary>Small letters without accents.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        // Half a surrogate pair cannot be taken apart.
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var folded = new StringBuilder(whole.Length);
        foreach (var c in whole.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }
}
