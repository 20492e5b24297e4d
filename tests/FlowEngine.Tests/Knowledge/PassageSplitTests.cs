using FlowEngine.Server.Knowledge.Rendering;
using FlowEngine.Server.Knowledge.Search;

namespace FlowEngine.Tests.Knowledge;

public sealed class PassageSplitTests
{
    [Fact]
    public void A_heading_begins_a_passage_and_says_what_it_is_below()
    {
        var passages = PassageSplit.Of("Intro.\n\n## Envíos\n\nUno.\n\nDos.\n\n### Islas\n\nTres.\n\n## Pagos\n\nCuatro.");

        passages.Should().Equal(
            new PassageText("", "Intro."),
            new PassageText("Envíos", "Uno.\n\nDos."),
            new PassageText("Envíos › Islas", "Tres."),
            new PassageText("Pagos", "Cuatro."));
    }

    [Fact]
    public void A_long_text_is_cut_at_its_sentences_and_nothing_of_it_is_lost()
    {
        var sentences = Enumerable.Range(1, 60).Select(i => $"Esta es la frase número {i} de un texto muy largo.").ToList();

        var passages = PassageSplit.Of(string.Join(' ', sentences));

        passages.Should().HaveCountGreaterThan(2).And.OnlyContain(p => p.Text.Length <= 900 && p.Text.EndsWith('.'));
        string.Join(' ', passages.Select(p => p.Text)).Should().Be(string.Join(' ', sentences));
    }

    [Theory]
    [InlineData("**Hola** y *adiós*", "*Hola* y _adiós_")]
    [InlineData("~~no~~ `código`", "~no~ `código`")]
    [InlineData("- uno\n- dos\n  - tres", "- uno\n- dos\n   - tres")]
    [InlineData("3. tres\n4. cuatro", "3. tres\n4. cuatro")]
    [InlineData("[la web](https://a.example/x)", "la web: https://a.example/x")]
    [InlineData("<https://a.example>", "https://a.example")]
    [InlineData("https://a.example/b", "https://a.example/b")]
    [InlineData("[ana@a.example](mailto:ana@a.example)", "ana@a.example")]
    [InlineData("[llama](tel:+34600111222)", "llama: +34600111222")]
    [InlineData("![foto](https://a.example/f.png)", "foto: https://a.example/f.png")]
    [InlineData("## Un **título**", "*Un título*")]
    [InlineData("> cita\n> larga", "> cita\n> larga")]
    [InlineData("línea\notra", "línea\notra")]
    [InlineData("| Talla | Precio |\n|---|---|\n| S | 5 € |", "*Talla · Precio*\nS · 5 €")]
    [InlineData("a &amp; b <b>c</b>", "a & b <b>c</b>")]
    [InlineData("```\nx = 1\n```", "```\nx = 1\n```")]
    public void Markdown_becomes_what_a_chat_shows(string markdown, string chat) => ChatText.Of(markdown).Should().Be(chat);

    [Theory]
    [InlineData("Uno. Dos tres cuatro.", 12, "Uno.")]
    [InlineData("Uno. Dos.", 9, "Uno. Dos.")]
    [InlineData("Cuesta 3.50 euros hoy", 12, "Cuesta 3.50")]
    [InlineData("línea\notra línea larga", 10, "línea")]
    [InlineData("*Uno. Dos.* Tres cuatro", 11, "*Uno. Dos.*")]
    [InlineData("sinespaciosninguno", 5, "sines")]
    [InlineData("abcd👍", 5, "abcd")]
    public void What_is_too_long_ends_where_somebody_would_pause(string text, int limit, string cut) => SentenceCut.Cut(text, limit).Should().Be(cut);

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("<img src=x onerror=alert(1)>", "<img")]
    [InlineData("[x](javascript:alert(1))", "javascript:")]
    [InlineData("<javascript:alert(1)>", "href=\"javascript:")]
    [InlineData("[x](  JaVaScRiPt:alert(1))", "alert(1)\"")]
    [InlineData("[x](data:text/html,<script>)", "data:text/html,")]
    [InlineData("![x](https://tracker.example/p.png)", "<img")]
    [InlineData("[x]: vbscript:a\n\n[x]", "vbscript:")]
    [InlineData("a\" onmouseover=\"b <a href=\"javascript:1\">", "<a href")]
    public void The_preview_runs_nothing_and_calls_nobody(string markdown, string dangerous) =>
        ArticleMarkdown.ToSafeHtml(markdown).Should().NotContain(dangerous);

    [Fact]
    public void The_preview_shows_headings_lists_and_links() =>
        ArticleMarkdown.ToSafeHtml("# A\n\n- **b**\n\n[c](https://d.example)").Should().Contain("<h1").And.Contain("<strong>b</strong>").And.Contain("href=\"https://d.example\"");
}
