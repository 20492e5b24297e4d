using FlowEngine.Server.Knowledge.Words;
using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Knowledge.Search;

/// <summary>The passages of an article, made from what it says now.</summary>
internal static class ArticlePassages
{
    /// <summary>Of cutting, rendering and stemming. A change of any of them takes the next number, and every article is indexed anew at the next start.</summary>
    public const int Maker = 1;

    /// <summary>Replaces the passages, which must have been loaded.</summary>
    public static void Renew(StoredArticle article)
    {
        article.IndexedBy = Maker;
        article.Passages.Clear();
        if (article.Active && TextLanguage.Find(article.Language) is { } language)
        {
            article.Passages.AddRange(PassageSplit.Of(article.Body).Select((passage, i) => Make(article, language, passage, i)));
        }
    }

    private static StoredPassage Make(StoredArticle article, TextLanguage language, PassageText passage, int ordinal) => new()
    {
        ArticleId = article.Id,
        Ordinal = ordinal,
        Language = language.Code,
        Title = article.Title,
        Heading = passage.Heading,
        Text = passage.Text,
        HeadingTerms = string.Join(' ', language.Terms($"{article.Title}\n{string.Join('\n', article.Labels)}\n{passage.Heading}")),
        TextTerms = string.Join(' ', language.Terms(passage.Text)),
    };
}
