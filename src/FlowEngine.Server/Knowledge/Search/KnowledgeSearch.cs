using FlowEngine.Engine.Ai;
using FlowEngine.Server.Knowledge.Words;
using FlowEngine.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Knowledge.Search;

/// <param name="Heading">The headings above it, without the article's title.</param>
/// <param name="Text">As a chat shows it.</param>
/// <param name="Score">How well it fits, from 0 to 1.</param>
public sealed record FoundPassage(Guid ArticleId, string Title, string Heading, string Text, string Language, double Score)
{
    /// <summary>As the engine sees it.</summary>
    public Passage AsPassage() => new(ArticleId, Title, Text, Score);
}

/// <summary>Passages for a question. The database finds a bounded number of candidates, our own score ranks them.</summary>
public sealed class KnowledgeSearch(IDbContextFactory<FlowEngineContext> contexts, PassageIndex index) : IKnowledge
{
    /// <summary>A word that stands in more passages than this is common, however many they are.</summary>
    private const int MostCounted = 5_000;

    /// <summary>Best first. Empty when nothing fits, and for a question without a word that means something.</summary>
    /// <param name="language">Null guesses it from the question, and looks into the others when that one has nothing.</param>
    public async Task<IReadOnlyList<FoundPassage>> Find(string question, string? language, int limit, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (language is not null)
        {
            return TextLanguage.Find(language) is { } known ? await Find(db, question, [known], limit, cancel) : [];
        }

        var guess = LanguageGuess.Of(question);
        var found = guess is null ? [] : await Find(db, question, [guess], limit, cancel);
        return found.Count > 0 ? found : await Find(db, question, TextLanguage.All.Where(l => l != guess), limit, cancel);
    }

    async ValueTask<IReadOnlyList<Passage>> IKnowledge.Find(string question, string? language, int limit, CancellationToken cancel) =>
        [.. (await Find(question, language, limit, cancel)).Select(p => p.AsPassage())];

    private async Task<IReadOnlyList<FoundPassage>> Find(FlowEngineContext db, string question, IEnumerable<TextLanguage> languages, int limit, CancellationToken cancel)
    {
        var found = new List<(FoundPassage Passage, int Ordinal)>();
        foreach (var language in languages)
        {
            var asked = Question.Of(question, language);
            if (asked.Terms.Count == 0)
            {
                continue;
            }

            var frequencies = await index.Count(db, [.. asked.Terms.Select(t => t.Beginning)], MostCounted, cancel);
            var passages = await db.Passages.Where(p => p.Language == language.Code).Take(MostCounted).CountAsync(cancel);
            var score = new PassageScore(asked, frequencies, passages);
            found.AddRange((await Candidates.Find(db, index, asked, frequencies, cancel))
                .Select(p => (new FoundPassage(p.ArticleId, p.Title, p.Heading, p.Text, p.Language, score.Of(p)), p.Ordinal)));
        }

        if (found.Count == 0)
        {
            return [];
        }

        // One language answers; alike in score, the same order in every database.
        var best = found.MaxBy(f => f.Passage.Score).Passage;
        return [.. found.Where(f => f.Passage.Score > 0 && f.Passage.Language == best.Language)
            .OrderByDescending(f => f.Passage.Score).ThenBy(f => f.Passage.Title, StringComparer.Ordinal).ThenBy(f => f.Passage.ArticleId).ThenBy(f => f.Ordinal)
            .Take(limit).Select(f => f.Passage)];
    }
}
