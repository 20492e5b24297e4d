using System.Globalization;
using System.Text;
using FlowEngine.Server.Knowledge;
using FlowEngine.Server.Knowledge.Search;
using FlowEngine.Tests.Stores;
using Xunit.Abstractions;

namespace FlowEngine.Tests.Knowledge;

/// <summary>
/// What the answerer without a language model says to the questions of leads: nothing where the articles hold no answer, seldom another passage
/// than the best one, and the right one often enough. The figures of decision record 011 are printed here.
/// </summary>
public sealed class EvaluationTests(ITestOutputHelper output)
{
    private const double LeastRecall = 0.8;
    private const double MostBesideThePoint = 0.02;

    [Fact]
    public async Task A_question_without_an_answer_gets_none_and_most_others_get_the_right_one()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite);
        await using var opened = await database.Open();
        var library = Library.Of(opened);
        var articles = (await library.WriteCasaLumbre()).ToDictionary(a => a.Value, a => a.Key);

        var asked = new List<Asked>();
        foreach (var question in Library.Questions())
        {
            asked.Add(new Asked(question, await library.Find(question.Text), articles));
        }

        output.WriteLine(Report(asked));
        asked.Where(a => a.Question.Article is null && a.IsWrong(KnowledgeOptions.Default)).Select(a => a.ToString()).Should().BeEmpty("nothing is made up");
        ((double)asked.Count(a => a.IsWrong(KnowledgeOptions.Default)) / asked.Count).Should().BeLessThanOrEqualTo(MostBesideThePoint);
        Recall(asked, KnowledgeOptions.Default).Should().BeGreaterThanOrEqualTo(LeastRecall);
    }

    private static double Recall(IReadOnlyCollection<Asked> asked, KnowledgeOptions options) =>
        (double)asked.Count(a => a.IsRight(options)) / asked.Count(a => a.Question.Article is not null);

    private static string Report(List<Asked> asked)
    {
        var text = new StringBuilder();
        foreach (var threshold in new[] { 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8 })
        {
            var options = KnowledgeOptions.Default with { Threshold = threshold };
            var sets = asked.GroupBy(a => a.Question.Set).Select(s => $"{s.Key}: recall {Recall([.. s], options):P0}, wrong {s.Count(a => a.IsWrong(options))} of {s.Count()}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{threshold:0.00}  {string.Join(" | ", sets)}");
        }

        return text.AppendJoin('\n', asked).ToString();
    }

    private sealed record Asked(LeadQuestion Question, IReadOnlyList<FoundPassage> Found, IReadOnlyDictionary<Guid, string> Articles)
    {
        public bool IsRight(KnowledgeOptions options) => Quotation.From([.. Found.Select(p => p.AsPassage())], options) is { } quoted && Fits(quoted);

        public bool IsWrong(KnowledgeOptions options) => Quotation.From([.. Found.Select(p => p.AsPassage())], options) is { } quoted && !Fits(quoted);

        public override string ToString()
        {
            var quoted = Quotation.From([.. Found.Select(p => p.AsPassage())], KnowledgeOptions.Default);
            var verdict = quoted is null ? (Question.Article is null ? "  " : "- ") : Fits(quoted) ? "  " : "! ";
            var best = Found.Count == 0 ? "nothing" : $"{Found[0].Score:0.00} {Articles[Found[0].ArticleId]}: {Found[0].Text.Split('\n')[0]}";
            return $"{verdict}{Question.Set} {Question.Text}  ->  {best}";
        }

        private bool Fits(Quotation quoted) =>
            Articles[quoted.ArticleId] == Question.Article && (Question.Words.Length == 0 || Question.Words.Any(w => quoted.Text.Contains(w, StringComparison.Ordinal)));
    }
}
