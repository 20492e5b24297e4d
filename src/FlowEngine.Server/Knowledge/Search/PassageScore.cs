using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Knowledge.Search;

/// <summary>
/// How well a passage fits a question, from 0 to 1: which share of the question it covers, rare words counting more, times how much
/// evidence that is. One word in the middle of a text is little evidence; one in the title is more, three of them are much. A passage under a
/// heading that the question does not name is about something special, which is a little evidence against it.
/// </summary>
internal sealed class PassageScore
{
    /// <summary>Two stems with a long common beginning are probably forms of one word, and possibly not.</summary>
    private const double Related = 0.75;

    private const double HeadingEvidence = 2;
    private const double SpecialSection = 0.5;
    private const int ShortestRelated = 4;
    private const int LongestRest = 2;
    private const int Mark = 2;

    private readonly Question question;
    private readonly double[] weights;
    private readonly double total;

    /// <param name="frequencies">In how many passages each term of the question stands.</param>
    /// <param name="passages">How many passages there are in this language.</param>
    public PassageScore(Question question, IReadOnlyList<int> frequencies, int passages)
    {
        this.question = question;
        weights = [.. frequencies.Select(f => Weight(f, passages))];
        total = weights.Sum();
    }

    public double Of(StoredPassage passage)
    {
        var heading = passage.HeadingTerms.Split(' ');
        var text = passage.TextTerms.Split(' ');
        var section = question.Language.Terms(passage.Heading);
        var (covered, evidence, named) = (0.0, 0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var (above, within) = (Best(question.Terms[i].Term, heading), Best(question.Terms[i].Term, text));
            named += Best(question.Terms[i].Term, section);
            covered += weights[i] * Math.Max(above, within);
            evidence += (HeadingEvidence * above) + within;
        }

        evidence += named > 0 ? named : section.Count > 0 ? -SpecialSection : 0;
        return total == 0 ? 0 : Math.Round(covered / total * (1 - Math.Pow(2, -Math.Max(0, evidence))), 4);
    }

    // A word that stands nowhere weighs more than any other: it may be what the question is about.
    private static double Weight(int frequency, int passages)
    {
        var held = Math.Max(0.5, frequency);
        return Math.Log(1 + ((Math.Max(passages, held) - held + 0.5) / (held + 0.5)));
    }

    private static double Best(string term, IEnumerable<string> terms)
    {
        var best = 0.0;
        foreach (var other in terms)
        {
            if (other == term)
            {
                return 1;
            }

            best = IsRelated(term, other) ? Related : best;
        }

        return best;
    }

    private static bool IsRelated(string one, string other)
    {
        var common = one.AsSpan().CommonPrefixLength(other);
        return common - Mark >= ShortestRelated && Math.Max(one.Length, other.Length) - common <= LongestRest;
    }
}
