using FlowEngine.Server.Administration;
using FlowEngine.Server.Knowledge.Words;

namespace FlowEngine.Server.Knowledge;

/// <summary>What an article must be like.</summary>
public static class ArticleRules
{
    public const int LongestTitle = 150;

    /// <summary>About twenty printed pages; who has more to say writes several articles.</summary>
    public const int LongestBody = 50_000;

    private const int MostLabels = 20;
    private const int LongestLabel = 50;

    /// <summary>The input trimmed, and its language by the code that is stored.</summary>
    internal static (ArticleInput Clean, FieldErrors Errors) Check(ArticleInput input)
    {
        var errors = new FieldErrors();
        var language = TextLanguage.Find(input.Language);
        errors.Check(language is not null, "language", "is es, pt-BR or en");
        var labels = (input.Labels ?? []).Select(l => (l ?? "").Trim()).Where(l => l.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        errors.Check(labels.Count <= MostLabels && labels.TrueForAll(l => l.Length <= LongestLabel), "labels", $"are at most {MostLabels} words of at most {LongestLabel} characters");
        var clean = input with
        {
            Title = errors.Text(input.Title, "title", LongestTitle),
            Body = errors.Text(Printable(input.Body), "body", LongestBody),
            Language = language?.Code,
            Labels = labels,
        };
        errors.Check(clean.Title!.All(c => !char.IsControl(c)), "title", "is one line");
        return (clean, errors);
    }

    // PostgreSQL cannot store a zero character, and nobody types one.
    private static string? Printable(string? text) => text?.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n");
}
