using System.Collections.Frozen;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace FlowEngine.Server.Knowledge.Words;

/// <summary>
/// One of the three languages that articles are written in: which words say nothing, and how a word comes down to its stem. The same
/// code prepares what is stored and what is asked, so that no database has an opinion about language (decision record 011).
/// </summary>
public sealed class TextLanguage
{
    public static readonly TextLanguage Spanish = new(
        "es", SpanishAnalyzer.DefaultStopSet, CommonWords.Spanish, SameWords.Spanish, () => new SpanishStemmer(), [("cion", "ción"), ("sion", "sión"), ("xion", "xión")]);

    public static readonly TextLanguage Portuguese = new(
        "pt-BR", PortugueseAnalyzer.DefaultStopSet, CommonWords.Portuguese, SameWords.Portuguese, () => new Lucene.Net.Tartarus.Snowball.Ext.PortugueseStemmer(),
        [("cao", "ção"), ("coes", "ções"), ("sao", "são"), ("soes", "sões"), ("avel", "ável"), ("ivel", "ível"), ("encia", "ência"), ("encias", "ências")]);

    public static readonly TextLanguage English = new("en", EnglishAnalyzer.DefaultStopSet, CommonWords.English, SameWords.English, () => new EnglishStemmer(), []);

    private readonly Func<SnowballProgram> newStemmer;

    // Words that ask for the same thing, each with the one that stands for all.
    private readonly FrozenDictionary<string, string> sameAs;

    // Endings that leads write without their accent, and by whose accent the stemmer knows them.
    private readonly (string Plain, string Written)[] endings;

    private TextLanguage(
        string code, IEnumerable<string> stopWords, string[] commonWords, string[][] sameWords, Func<SnowballProgram> newStemmer, (string Plain, string Written)[] endings)
    {
        Code = code;
        sameAs = sameWords.SelectMany(same => same.Select(word => (Word: word, First: same[0]))).ToFrozenDictionary(w => w.Word, w => w.First, StringComparer.Ordinal);
        this.newStemmer = newStemmer;
        this.endings = endings;
        Silent = stopWords.Concat(commonWords).Select(PlainText.Fold).ToFrozenSet(StringComparer.Ordinal);
    }

    public static IReadOnlyList<TextLanguage> All { get; } = [Spanish, Portuguese, English];

    /// <summary>es, pt-BR or en.</summary>
    public string Code { get; }

    /// <summary>Words without a meaning of their own: articles, pronouns, question words, greetings. Folded.</summary>
    internal FrozenSet<string> Silent { get; }

    /// <summary>What each of this language's terms begins with, so that one index holds three languages.</summary>
    internal string Mark => Code[..2];

    /// <summary>By its code; also by the code of a country's variant, or of the language alone. Null for any other.</summary>
    public static TextLanguage? Find(string? code) =>
        code is { Length: >= 2 } && (code.Length == 2 || code[2] is '-' or '_')
            ? All.FirstOrDefault(l => code.StartsWith(l.Mark, StringComparison.OrdinalIgnoreCase))
            : null;

    /// <summary>The stems of the words that mean something, each once, in the order of the text.</summary>
    public IReadOnlyList<string> Terms(string text)
    {
        var stemmer = newStemmer();
        var terms = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in PlainText.Words(text))
        {
            if (!Silent.Contains(word) && Stem(stemmer, sameAs.GetValueOrDefault(word, word)) is { Length: > 0 } stem && seen.Add(stem))
            {
                terms.Add(Mark + stem);
            }
        }

        return terms;
    }

    private string Stem(SnowballProgram stemmer, string word)
    {
        if (word.Length < 3 || char.IsAsciiDigit(word[0]))
        {
            return word;
        }

        var (plain, written) = endings.FirstOrDefault(e => word.EndsWith(e.Plain, StringComparison.Ordinal));
        stemmer.SetCurrent(plain is null ? word : string.Concat(word.AsSpan(0, word.Length - plain.Length), written));
        stemmer.Stem();
        var stem = PlainText.Fold(stemmer.Current);

        // Spanish verbs change their stem under the accent: devuelven, devolver; cierran, cerrar.
        return this == Spanish ? stem.Replace("ue", "o", StringComparison.Ordinal).Replace("ie", "e", StringComparison.Ordinal) : stem;
    }
}
