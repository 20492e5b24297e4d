using FlowEngine.Server.Knowledge.Words;

namespace FlowEngine.Server.Knowledge.Search;

/// <summary>One term of a question.</summary>
/// <param name="Beginning">What a related term of a passage begins with.</param>
internal sealed record QuestionTerm(string Term, string Beginning);

/// <summary>What somebody asks, in the terms of one language.</summary>
internal sealed record Question(TextLanguage Language, IReadOnlyList<QuestionTerm> Terms)
{
    /// <summary>More words than this are a story, and its first words say what it is about.</summary>
    private const int MostTerms = 24;

    private const int LongestText = 2000;
    private const int Mark = 2;

    public static Question Of(string text, TextLanguage language) =>
        new(language, [.. language.Terms(text.Length > LongestText ? text[..LongestText] : text).Take(MostTerms).Select(t => new QuestionTerm(t, Beginning(t)))]);

    // A long stem may end in one letter more than its relative's: delivery (deliveri), deliver.
    private static string Beginning(string term) => term.Length >= Mark + 6 ? term[..^1] : term;
}
