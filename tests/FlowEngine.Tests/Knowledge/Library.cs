using System.Diagnostics;
using FlowEngine.Engine;
using FlowEngine.Server.Administration;
using FlowEngine.Server.Knowledge;
using FlowEngine.Server.Knowledge.Search;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace FlowEngine.Tests.Knowledge;

/// <summary>Articles and their search over some database, and the articles of a company that does not exist.</summary>
internal sealed class Library(IDbContextFactory<FlowEngineContext> contexts, PassageIndex index)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Knowledge");

    public static Library Of(OpenDatabase opened) => new(opened.Get<IDbContextFactory<FlowEngineContext>>(), opened.Get<PassageIndex>());

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public Articles Articles => field ??= new Articles(contexts, Ids.Seeded(Clock, seed: 7), Clock);

    public KnowledgeSearch Search { get; } = new(contexts, index);

    public IndexRenewal Renewal { get; } = new(contexts, NullLogger<IndexRenewal>.Instance);

    public FlowEngineContext Open() => contexts.CreateDbContext();

    public async Task<Article> Write(string title, string body, string language = "es", params string[] labels)
    {
        var saved = await Articles.Create(new ArticleInput(title, body, language, labels), "Ana", CancellationToken.None);
        saved.Status.Should().Be(SaveStatus.Created);
        return saved.Value!;
    }

    /// <summary>The articles of Casa Lumbre, a shop for furniture.</summary>
    /// <returns>Their ids by the names of their files.</returns>
    public async Task<IReadOnlyDictionary<string, Guid>> WriteCasaLumbre()
    {
        var import = new ArticleImport(Articles);
        var ids = new Dictionary<string, Guid>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Folder, "articles"), "*.md").Order(StringComparer.Ordinal))
        {
            await using var file = File.OpenRead(path);
            ids[Path.GetFileNameWithoutExtension(path)] = (await import.File(Path.GetFileName(path), file, "Ana", CancellationToken.None)).ArticleId!.Value;
        }

        return ids;
    }

    /// <summary>Questions of leads, with the article that answers each.</summary>
    public static IReadOnlyList<LeadQuestion> Questions() =>
        [.. File.ReadLines(Path.Combine(Folder, "questions.tsv")).Where(l => !l.StartsWith('#')).Select(l => l.Split('\t'))
            .Select(p => new LeadQuestion(p[0], p[1], p[2] == "-" ? null : p[2], p[3] == "-" ? [] : p[3].Split('|'), p[4]))];

    /// <summary>As many articles of a shop as asked for: each of three sections, in common words, with a name that only it has.</summary>
    public async Task WriteMany(int count)
    {
        string[] words = [.. "pedido entrega precio plazo garantía factura tienda cliente producto tarjeta envío pago mueble color medida".Split(' ')];
        var random = new Random(11);
        var ids = Ids.Seeded(Clock, seed: 12);
        await using var db = Open();
        for (var i = 0; i < count; i++)
        {
            var sections = Enumerable.Range(1, 3).Select(s => $"## Apartado {s}\n\n" + string.Join(' ', Enumerable.Range(0, 60).Select(_ => words[random.Next(words.Length)])) + ".");
            var row = new StoredArticle
            {
                Id = ids.Next(), Title = $"Ficha referencia{i}", TitleFolded = $"ficha referencia{i}", Body = string.Join("\n\n", sections),
                Language = "es", Active = true, Version = 1, CreatedBy = "Ana", ChangedBy = "Ana", CreatedAt = Clock.GetUtcNow(), ChangedAt = Clock.GetUtcNow(),
            };
            ArticlePassages.Renew(row);
            db.Articles.Add(row);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Prints how long one search takes: the median of twenty, after the first.</summary>
    public async Task Timed(string question, ITestOutputHelper output)
    {
        await Find(question, "es");
        var took = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await Find(question, "es");
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        output.WriteLine(FormattableString.Invariant($"{took.Order().ElementAt(10):0.0} ms (slowest {took.Max():0.0}): {question}"));
    }

    public Task<IReadOnlyList<FoundPassage>> Find(string question, string? language = null, int limit = 5) =>
        Search.Find(question, language, limit, CancellationToken.None);
}

/// <param name="Set">a: looked at while the threshold was chosen; b: kept aside until then; c: written after a first choice; d: written last.</param>
/// <param name="Article">Null when no article answers it.</param>
/// <param name="Words">The right passage holds one of them; empty when any of the article will do.</param>
internal sealed record LeadQuestion(string Set, string Language, string? Article, string[] Words, string Text);
