using FlowEngine.Engine.Ai;
using FlowEngine.Server.Knowledge.Rendering;

namespace FlowEngine.Server.Knowledge;

/// <summary>The company's own words as an answer, and where they stand.</summary>
/// <param name="Title">Of the article.</param>
public sealed record Quotation(string Text, Guid ArticleId, string Title, double Score)
{
    /// <summary>
    /// The best passage, word by word, when it fits well enough and no other article fits as well. It adds nothing of its own and leaves out
    /// only what is too long, from a sentence's end on.
    /// </summary>
    /// <param name="passages">Best first, as the search gives them.</param>
    /// <returns>Null when no passage answers the question surely.</returns>
    public static Quotation? From(IReadOnlyList<Passage> passages, KnowledgeOptions options)
    {
        if (passages.Count == 0 || passages[0] is not { } best || best.Score < options.Threshold)
        {
            return null;
        }

        var other = passages.FirstOrDefault(p => p.ArticleId != best.ArticleId);
        return other is not null && best.Score - other.Score < options.Margin
            ? null
            : new Quotation(SentenceCut.Cut(best.Text, options.LongestQuote), best.ArticleId, best.Title, best.Score);
    }
}
