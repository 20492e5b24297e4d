using FlowEngine.Server.Knowledge.Words;

namespace FlowEngine.Server.Knowledge;

/// <summary>
/// An article as a Markdown file: <c>title</c>, <c>language</c>, <c>labels</c> and <c>active</c> in front matter, each optional. Without a title its
/// first heading of the first level is the title, else the file's name; without a language the text tells.
/// </summary>
internal static class ArticleFile
{
    private const string Fence = "---";

    /// <param name="path">As it is named in the archive, with '/'.</param>
    public static ArticleInput Read(string path, string text)
    {
        var (facts, body) = Split(text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Trim());
        var (heading, below) = FirstHeading(body);
        var title = facts.GetValueOrDefault("title") ?? heading ?? Path.GetFileNameWithoutExtension(path);
        body = heading == title ? below : body;
        return new ArticleInput(
            title,
            body,
            facts.GetValueOrDefault("language") ?? LanguageGuess.Of($"{title}\n{body}")?.Code,
            Labels(facts.GetValueOrDefault("labels")),
            !string.Equals(facts.GetValueOrDefault("active"), "false", StringComparison.OrdinalIgnoreCase));
    }

    private static (Dictionary<string, string> Facts, string Body) Split(string text)
    {
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var end = text.StartsWith(Fence + "\n", StringComparison.Ordinal) ? text.IndexOf("\n" + Fence, Fence.Length, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            return (facts, text);
        }

        foreach (var line in text[Fence.Length..end].Split('\n'))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && line[(colon + 1)..].Trim().Trim('"', '\'') is { Length: > 0 } value)
            {
                facts[line[..colon].Trim()] = value;
            }
        }

        var rest = text.IndexOf('\n', end + 1);
        return (facts, rest < 0 ? "" : text[rest..].Trim());
    }

    private static (string? Heading, string Below) FirstHeading(string body)
    {
        if (!body.StartsWith("# ", StringComparison.Ordinal))
        {
            return (null, body);
        }

        var end = body.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? (body[2..].Trim(), "") : (body[2..end].Trim(), body[end..].Trim());
    }

    private static string[] Labels(string? list) =>
        list?.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim('"', '\'')).ToArray() ?? [];
}
