using FlowEngine.Engine.ConversationActivities.Words;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>How a message is compared with keywords; accents, case and punctuation never matter.</summary>
public enum KeywordMatch { Any, Contains, Exact, Starts }

public static class Keywords
{
    public static KeywordMatch MatchOf(string? name) => Enum.TryParse<KeywordMatch>(name, ignoreCase: true, out var match) ? match : KeywordMatch.Any;

    /// <summary>Whether a keyword fits. Without keywords, or with <see cref="KeywordMatch.Any"/>, every message does.</summary>
    public static bool Fit(string? text, IReadOnlyList<string> keywords, KeywordMatch match)
    {
        if (match == KeywordMatch.Any || keywords.Count == 0)
        {
            return true;
        }

        var plain = PlainWords.Of(text);
        return keywords.Select(PlainWords.Of).Any(keyword => keyword.Length > 0 && match switch
        {
            KeywordMatch.Exact => plain == keyword,
            KeywordMatch.Starts => plain == keyword || plain.StartsWith(keyword + " ", StringComparison.Ordinal),
            _ => PlainWords.Contain(plain, keyword),
        });
    }
}
