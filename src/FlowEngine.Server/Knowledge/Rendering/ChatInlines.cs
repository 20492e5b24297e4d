using System.Text;
using Markdig.Syntax.Inlines;

namespace FlowEngine.Server.Knowledge.Rendering;

/// <summary>The words of one block with their marks.</summary>
internal static class ChatInlines
{
    public static string Of(ContainerInline inlines) => Write(inlines, bold: false);

    /// <summary>All of it in bold; what is bold within stays as it is.</summary>
    public static string Bold(ContainerInline? inlines) => inlines is null || Write(inlines, bold: true) is not { Length: > 0 } text ? "" : $"*{text}*";

    private static string Write(ContainerInline inlines, bool bold)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => $"`{code.Content}`",
                LineBreakInline => "\n",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline link => link.Url,
                LinkInline link => Link(link, bold),
                EmphasisInline emphasis => Emphasis(emphasis, bold),
                ContainerInline other => Write(other, bold),
                _ => "",
            });
        }

        return text.ToString().Trim();
    }

    private static string Emphasis(EmphasisInline emphasis, bool bold)
    {
        var (mark, isBold) = (emphasis.DelimiterChar, emphasis.DelimiterCount) switch
        {
            ('~', _) => ("~", bold),
            (_, 1) => ("_", bold),
            _ => (bold ? "" : "*", true),
        };
        return mark + Write(emphasis, isBold) + mark;
    }

    private static string Link(LinkInline link, bool bold)
    {
        var words = Write(link, bold);
        var address = link.Url ?? "";
        foreach (var scheme in (string[])["mailto:", "tel:"])
        {
            address = address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? address[scheme.Length..] : address;
        }

        return words.Length == 0 || words == address ? address : address.Length == 0 ? words : $"{words}: {address}";
    }
}
