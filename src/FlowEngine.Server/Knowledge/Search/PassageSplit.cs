using System.Text;
using FlowEngine.Server.Knowledge.Rendering;
using Markdig.Syntax;

namespace FlowEngine.Server.Knowledge.Search;

/// <param name="Heading">The headings above it, outermost first, without the article's title; empty before the first one.</param>
/// <param name="Text">As a chat shows it.</param>
internal sealed record PassageText(string Heading, string Text);

/// <summary>
/// An article in passages that can each be quoted alone. A heading begins one; the paragraphs below it stay together while they are
/// short, and a paragraph that is too long is cut at its sentences.
/// </summary>
internal static class PassageSplit
{
    /// <summary>A passage takes in no further paragraph beyond this.</summary>
    private const int Full = 600;

    private const int Longest = 900;

    public static IReadOnlyList<PassageText> Of(string markdown)
    {
        var passages = new List<PassageText>();
        var path = new List<(int Level, string Text)>();
        var open = new StringBuilder();
        foreach (var block in ArticleMarkdown.Parse(markdown))
        {
            if (block is HeadingBlock heading)
            {
                Close();
                path.RemoveAll(h => h.Level >= heading.Level);
                path.Add((heading.Level, heading.Inline is null ? "" : ChatInlines.Of(heading.Inline).Replace("*", "", StringComparison.Ordinal)));
            }
            else if (ChatText.Of(block) is { Length: > 0 } text)
            {
                Add(text);
            }
        }

        Close();
        return passages;

        void Add(string text)
        {
            if (open.Length + text.Length > Full)
            {
                Close();
            }

            open.Append(open.Length > 0 ? "\n\n" : "").Append(text);
        }

        void Close()
        {
            passages.AddRange(SentenceCut.Pieces(open.ToString(), Longest).Select(piece => new PassageText(string.Join(" › ", path.Select(h => h.Text)), piece)));
            open.Clear();
        }
    }
}
