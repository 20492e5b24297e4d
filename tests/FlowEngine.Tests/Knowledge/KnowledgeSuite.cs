using FlowEngine.Server.Administration;
using FlowEngine.Server.Knowledge;
using FlowEngine.Server.Knowledge.Search;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Tests.Stores;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace FlowEngine.Tests.Knowledge;

/// <summary>What is true of articles and their search on every database.</summary>
public abstract class KnowledgeSuite(ITestOutputHelper output) : IAsyncLifetime
{
    private OpenDatabase opened = null!;

    internal Library Library { get; private set; } = null!;

    private protected TestDatabase Database { get; private set; } = null!;

    private protected abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.Create(Kind);
        opened = await Database.Open();
        Library = Library.Of(opened);
    }

    public async Task DisposeAsync()
    {
        if (opened is not null)
        {
            await opened.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    [SkippableTheory]
    [InlineData("es", "Cancelación de reservas", "cancelacion")]
    [InlineData("es", "Cancelación de reservas", "¿cómo cancelo mi reserva?")]
    [InlineData("es", "Cancelación de reservas", "QUIERO CANCELAR LAS RESERVAS")]
    [InlineData("es", "Devoluciones de dinero", "¿me devuelven el dinero?")]
    [InlineData("es", "Cerramos en agosto", "¿cuándo cierran?")]
    [InlineData("pt-BR", "Cancelamento de pedidos", "como cancelo um pedido?")]
    [InlineData("pt-BR", "Cancelamento de pedidos", "vocês cancelaram os pedidos")]
    [InlineData("pt-BR", "Devolução e informações úteis", "devolucoes")]
    [InlineData("pt-BR", "Promoção de sapatos", "tem promocao de sapato?")]
    [InlineData("en", "Cancelling a booking", "how can I cancel my bookings?")]
    [InlineData("en", "Deliveries abroad", "do you deliver abroad?")]
    public async Task Accents_plurals_and_forms_of_verbs_do_not_matter(string language, string title, string question)
    {
        await Library.Write(title, "Texto.", language);

        (await Library.Find(question, language)).Should().ContainSingle().Which.Score.Should().BeGreaterThan(0.3);
    }

    [SkippableTheory]
    [InlineData("¿qué?")]
    [InlineData("the")]
    [InlineData("hola buenas tardes")]
    [InlineData("")]
    [InlineData("👍")]
    [InlineData("?!")]
    public async Task A_question_without_a_word_that_means_something_finds_nothing(string question)
    {
        await Library.WriteCasaLumbre();

        (await Library.Find(question)).Should().BeEmpty();
        (await Library.Find(question, "es")).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("\"horario")]
    [InlineData("horario\"* OR \"")]
    [InlineData("NEAR(horario atención, 5)")]
    [InlineData("horario AND (")]
    [InlineData("heading_terms:horario -sábado ^abre")]
    [InlineData("horario' | 'x':* & !(tienda) <-> \\")]
    [InlineData("horario'; DROP TABLE article; --")]
    [InlineData("{0} horario % _ \\")]
    public async Task What_query_languages_know_is_only_text_in_a_question(string question)
    {
        await Library.WriteCasaLumbre();

        (await Library.Find(question, "es", limit: 20)).Should().Contain(p => p.Title == "Horario de atención");
        (await Library.Find(question + "\0\ud83d", limit: 20)).Should().NotBeNull();
    }

    [SkippableFact]
    public async Task A_question_is_looked_for_in_the_language_that_it_is_asked_in_or_in_the_given_one()
    {
        await Library.WriteCasaLumbre();

        (await Library.Find("qual é o horário de vocês?")).Should().OnlyContain(p => p.Language == "pt-BR");
        (await Library.Find("cuál es el horario")).Should().OnlyContain(p => p.Language == "es");
        (await Library.Find("horario", "pt")).Should().OnlyContain(p => p.Language == "pt-BR");
        (await Library.Find("horario", "fr")).Should().BeEmpty();
        (await Library.Find("Could you tell me, is bizum accepted?")).Should().Contain(p => p.Language == "es", "English has nothing of it");
    }

    [SkippableFact]
    public async Task A_passage_is_found_as_soon_as_its_article_is_saved_and_never_again_once_it_says_something_else()
    {
        var article = await Library.Write("Aparcamiento", "Hay aparcamiento gratuito.");
        (await Library.Find("gratuito", "es")).Should().ContainSingle();

        var edit = new ArticleInput("Aparcamiento", "Hay aparcamiento de pago.", "es", Version: article.Version);
        (await Library.Articles.Update(article.Id, edit, "Beto", CancellationToken.None)).Status.Should().Be(SaveStatus.Saved);

        (await Library.Find("gratuito", "es")).Should().BeEmpty();
        (await Library.Find("aparcamiento", "es")).Should().ContainSingle().Which.Text.Should().Be("Hay aparcamiento de pago.");
    }

    [SkippableFact]
    public async Task An_article_that_is_inactive_or_deleted_is_not_found()
    {
        var article = await Library.Write("Aparcamiento", "Hay aparcamiento.");
        var off = await Library.Articles.Update(article.Id, new ArticleInput("Aparcamiento", "Hay aparcamiento.", "es", Active: false, Version: 1), "Beto", CancellationToken.None);
        (await Library.Find("aparcamiento")).Should().BeEmpty();

        await Library.Articles.Update(article.Id, new ArticleInput("Aparcamiento", "Hay aparcamiento.", "es", Version: off.Value!.Version), "Beto", CancellationToken.None);
        (await Library.Find("aparcamiento")).Should().ContainSingle();

        (await Library.Articles.Delete(article.Id, null, CancellationToken.None)).Status.Should().Be(SaveStatus.Saved);
        (await Library.Find("aparcamiento")).Should().BeEmpty();
        await using var db = Library.Open();
        (await db.Passages.CountAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task Of_two_edits_of_one_version_the_second_is_refused_and_says_who_was_first()
    {
        var article = await Library.Write("Horario", "De 9 a 5.");

        var first = await Library.Articles.Update(article.Id, new ArticleInput("Horario", "De 9 a 6.", "es", Version: 1), "Beto", CancellationToken.None);
        var second = await Library.Articles.Update(article.Id, new ArticleInput("Horario", "De 9 a 7.", "es", Version: 1), "Carla", CancellationToken.None);

        first.Value.Should().BeEquivalentTo(new { Version = 2, ChangedBy = "Beto", CreatedBy = "Ana" });
        second.Status.Should().Be(SaveStatus.Stale);
        second.Value.Should().BeEquivalentTo(new { Version = 2, ChangedBy = "Beto", Body = "De 9 a 6." });
        (await Library.Articles.Delete(article.Id, version: 1, CancellationToken.None)).Status.Should().Be(SaveStatus.Stale);
    }

    [SkippableFact]
    public async Task Of_edits_that_race_exactly_one_wins()
    {
        var article = await Library.Write("Horario", "De 9 a 5.");

        var saved = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() =>
            Library.Articles.Update(article.Id, new ArticleInput("Horario", $"De 9 a 1{i}.", "es", Version: 1), $"Agente {i}", CancellationToken.None))));

        var won = saved.Should().ContainSingle(s => s.Status == SaveStatus.Saved).Which.Value!;
        saved.Count(s => s.Status == SaveStatus.Stale).Should().Be(5);
        (await Library.Find("horario")).Should().ContainSingle().Which.Text.Should().Be(won.Body);
    }

    [SkippableFact]
    public async Task Title_and_language_name_an_article()
    {
        var first = await Library.Write("Horario", "De 9 a 5.");

        (await Library.Articles.Create(new ArticleInput("Horario", "De 9 a 5.", "es"), "Ana", CancellationToken.None)).Should().BeEquivalentTo(new { Status = SaveStatus.Saved, Value = new { first.Id } });
        (await Library.Articles.Create(new ArticleInput("Horario", "De 9 a 6.", "es"), "Ana", CancellationToken.None)).Status.Should().Be(SaveStatus.Taken);
        (await Library.Articles.Create(new ArticleInput("Horario", "De 9 a 5.", "en"), "Ana", CancellationToken.None)).Status.Should().Be(SaveStatus.Created);
    }

    [SkippableFact]
    public async Task Articles_indexed_by_an_older_program_are_indexed_anew_at_the_start_and_only_they()
    {
        var article = await Library.Write("Horario", "De 9 a 5.");
        await Library.Write("Precio", "Diez euros.");
        await using (var db = Library.Open())
        {
            var row = await db.Articles.Include(a => a.Passages).SingleAsync(a => a.Id == article.Id);
            (row.IndexedBy, _) = (0, row.Passages.RemoveAll(_ => true));
            row.Passages.Add(new StoredPassage { Language = "es", Title = "", Heading = "", Text = "", HeadingTerms = "esotra", TextTerms = "escosa" });
            await db.SaveChangesAsync();
        }

        (await Library.Find("horario", "es")).Should().BeEmpty();
        (await Library.Renewal.Run(CancellationToken.None)).Should().Be(1);
        (await Library.Renewal.Run(CancellationToken.None)).Should().Be(0);

        (await Library.Find("horario", "es")).Should().ContainSingle();
        (await Library.Articles.Find(article.Id, CancellationToken.None))!.Version.Should().Be(1, "nobody has edited it");
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task Among_five_thousand_articles_a_search_looks_at_a_few_hundred_passages_and_finds_the_right_one()
    {
        await Library.WriteMany(5_000);
        var right = await Library.Write("Alquiler de carpas para bodas", "El alquiler de una carpa cuesta 300 euros al día.");

        // Common words only, a rare one among common ones, and words that nobody wrote.
        foreach (var question in new[] { "precio del pedido y plazo de entrega con garantía", "¿cuánto cuesta el alquiler de carpas?", "murciélagos violetas" })
        {
            var found = await Library.Find(question, "es", int.MaxValue);
            found.Count.Should().BeLessThanOrEqualTo(Candidates.Rare + Candidates.Together);
            await Library.Timed(question, output);
        }

        (await Library.Find("¿cuánto cuesta el alquiler de carpas?"))[0].ArticleId.Should().Be(right.Id);
    }

    [SkippableFact]
    public async Task A_list_finds_titles_without_regard_to_accents_and_takes_wildcards_as_letters()
    {
        await Library.Write("Horário de verão", "x", "pt-BR");
        await Library.Write("100% algodón", "x");
        await Library.Write("Arroz", "x");

        (await Library.Articles.List(new ArticleFilter("HORARIO"), 0, 10, CancellationToken.None)).Select(a => a.Title).Should().Equal("Horário de verão");
        (await Library.Articles.List(new ArticleFilter("%"), 0, 10, CancellationToken.None)).Select(a => a.Title).Should().Equal("100% algodón");
        (await Library.Articles.List(new ArticleFilter(Language: "es"), 0, 1, CancellationToken.None)).Should().HaveCount(2, "one more than asked for says that there is more");
        (await Library.Articles.List(new ArticleFilter(Active: false), 0, 10, CancellationToken.None)).Should().BeEmpty();
    }
}
