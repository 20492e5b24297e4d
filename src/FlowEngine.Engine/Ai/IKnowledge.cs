namespace FlowEngine.Engine.Ai;

/// <summary>The company's articles, as far as answering leads needs them.</summary>
public interface IKnowledge
{
    /// <summary>
    /// The passages that fit the question best, best first. An empty list when nothing fits; never throws for what the lead wrote.
    /// </summary>
    /// <param name="language">es, pt or en where it is known; null searches in all.</param>
    ValueTask<IReadOnlyList<Passage>> Find(string question, string? language, int limit, CancellationToken cancel);
}

/// <summary>A part of an article that may answer a question.</summary>
/// <param name="Text">What may be quoted to a lead as it is.</param>
/// <param name="Score">How well it fits, from 0 to 1; the same text and question score alike on every database.</param>
public sealed record Passage(Guid ArticleId, string Title, string Text, double Score);
