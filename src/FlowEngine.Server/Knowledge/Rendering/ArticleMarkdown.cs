using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FlowEngine.Server.Knowledge.Rendering;

/// <summary>The Markdown of articles: CommonMark with tables, struck-out text and bare addresses; a line end is a line end. No HTML.</summary>
internal static class ArticleMarkdown
{
    private static readonly string[] Schemes = ["http", "https", "mailto", "tel"];

    public static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseAutoLinks()
        .UseSoftlineBreakAsHardlineBreak()
        .DisableHtml()
        .Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>For a preview in a page: HTML in the text is shown as it was typed, and links lead only to addresses, mail and telephones.</summary>
    public static string ToSafeHtml(string markdown)
    {
        var document = Parse(markdown);
        foreach (var link in document.Descendants<LinkInline>())
        {
            // A picture of another server would tell it who reads here; it is shown as the link that it becomes in a chat.
            (link.IsImage, link.Url, link.GetDynamicUrl) = (false, IsSafe(link.Url) ? link.Url : "#", null);
        }

        foreach (var link in document.Descendants<AutolinkInline>())
        {
            link.Url = IsSafe(link.Url) || link.IsEmail ? link.Url : "#";
        }

        return document.ToHtml(Pipeline);
    }

    private static bool IsSafe(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme);
}
