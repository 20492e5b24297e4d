using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace FlowEngine.Server.Knowledge.Rendering;

/// <summary>Markdown as a chat shows it: *bold*, _italic_, lists with hyphens or numbers, a link as its words and its address.</summary>
internal static class ChatText
{
    private const string Paragraphs = "\n\n";

    public static string Of(string markdown) => Of(ArticleMarkdown.Parse(markdown));

    /// <summary>A block and everything in it; empty for what a chat does not show.</summary>
    public static string Of(Block block) => block switch
    {
        HeadingBlock heading => ChatInlines.Bold(heading.Inline),
        CodeBlock code => $"```\n{code.Lines.ToString().TrimEnd()}\n```",
        LeafBlock { Inline: { } inline } => ChatInlines.Of(inline),
        ListBlock list => List(list),
        Table table => string.Join('\n', table.OfType<TableRow>().Select(Row)),
        QuoteBlock quote => Indent(Children(quote, Paragraphs), "> ", "> "),
        ContainerBlock container => Children(container, Paragraphs),
        _ => "",
    };

    private static string Children(ContainerBlock container, string between) =>
        string.Join(between, container.Select(Of).Where(text => text.Length > 0));

    private static string List(ListBlock list)
    {
        var items = new StringBuilder();
        var number = int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out var first) ? first : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var mark = list.IsOrdered ? $"{number++}. " : "- ";
            items.Append(items.Length > 0 ? "\n" : "").Append(Indent(Children(item, "\n"), mark, "   "));
        }

        return items.ToString();
    }

    private static string Row(TableRow row)
    {
        var cells = string.Join(" · ", row.OfType<TableCell>().Select(cell => Children(cell, " ")).Where(text => text.Length > 0));
        return row.IsHeader && cells.Length > 0 && !cells.Contains('*', StringComparison.Ordinal) ? $"*{cells}*" : cells;
    }

    private static string Indent(string text, string first, string others) => first + text.Replace("\n", "\n" + others, StringComparison.Ordinal);
}
