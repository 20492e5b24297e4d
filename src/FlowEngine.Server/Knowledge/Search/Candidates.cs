using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Knowledge.Search;

/// <summary>
/// The passages that are worth a closer look, never more than a few hundred: all that hold one of the question's rare words, and those that
/// hold its words together. What is left out holds only some of the common ones.
/// </summary>
internal static class Candidates
{
    public const int Rare = 400;
    public const int Together = 200;

    /// <summary>Conjunctions grow with the words; the rarest decide.</summary>
    private const int MostTogether = 8;

    /// <param name="frequencies">Of the question's terms, in their order.</param>
    public static async Task<IReadOnlyList<StoredPassage>> Find(
        FlowEngineContext db, PassageIndex index, Question question, IReadOnlyList<int> frequencies, CancellationToken cancel)
    {
        List<(string Beginning, int Frequency)> known =
            [.. question.Terms.Zip(frequencies, (t, f) => (t.Beginning, Frequency: f)).Where(t => t.Frequency > 0).DistinctBy(t => t.Beginning)
                .OrderBy(t => t.Frequency).ThenBy(t => t.Beginning, StringComparer.Ordinal)];
        if (known.Count == 0)
        {
            return [];
        }

        var found = new Dictionary<long, StoredPassage>();
        await Add(RareOnes(known), Rare);
        if (known.Count > 1)
        {
            await Add(AllButOne([.. known.Take(MostTogether).Select(t => t.Beginning)]), Together);
        }

        return [.. found.Values.OrderBy(p => p.Seq)];

        async Task Add(IReadOnlyList<IReadOnlyList<string>> choices, int most)
        {
            foreach (var passage in await index.Find(db, choices, most, cancel))
            {
                found[passage.Seq] = passage;
            }
        }
    }

    /// <summary>The rarest word whatever it is, and the next ones while there is room for every passage that holds them.</summary>
    private static List<IReadOnlyList<string>> RareOnes(List<(string Beginning, int Frequency)> known)
    {
        var (taken, room) = (new List<IReadOnlyList<string>>(), Rare);
        foreach (var (beginning, frequency) in known)
        {
            if (taken.Count > 0 && frequency > room)
            {
                break;
            }

            taken.Add([beginning]);
            room -= frequency;
        }

        return taken;
    }

    /// <summary>All words together, where one of three or more may be missing.</summary>
    private static List<IReadOnlyList<string>> AllButOne(string[] words) =>
        words.Length < 3 ? [words] : [.. words.Select((_, gone) => words.Where((_, i) => i != gone).ToArray())];
}
