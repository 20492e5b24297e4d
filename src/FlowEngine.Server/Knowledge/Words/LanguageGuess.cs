namespace FlowEngine.Server.Knowledge.Words;

/// <summary>
/// Which of the three languages a question is written in, by the silent words that it has in common with each, and by letters that only one
/// of them has. Two words usually suffice; a question that gives no hint, or the same for two languages, stays unguessed.
/// </summary>
internal static class LanguageGuess
{
    private const int LetterOfOneLanguage = 2;

    /// <summary>Null when the text does not tell.</summary>
    public static TextLanguage? Of(string text)
    {
        var words = PlainText.Words(text).ToHashSet(StringComparer.Ordinal);
        var hints = TextLanguage.All
            .Select(language => (Language: language, Hints: words.Count(language.Silent.Contains) + (HasLetterOf(language, text) ? LetterOfOneLanguage : 0)))
            .OrderByDescending(h => h.Hints)
            .ToList();
        return hints[0].Hints > hints[1].Hints ? hints[0].Language : null;
    }

    private static bool HasLetterOf(TextLanguage language, string text) =>
        (language == TextLanguage.Spanish && text.Any("ñÑ¿¡".Contains)) || (language == TextLanguage.Portuguese && text.Any("ãõçÃÕÇ".Contains));
}
