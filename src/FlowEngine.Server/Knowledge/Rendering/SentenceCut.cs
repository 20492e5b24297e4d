namespace FlowEngine.Server.Knowledge.Rendering;

/// <summary>Shortens a text where somebody would pause: after a line or a sentence, else between two words.</summary>
internal static class SentenceCut
{
    private const string Ends = ".!?…";

    /// <summary>The longest beginning that fits, without blanks at its end. The whole text when it fits.</summary>
    /// <param name="limit">Characters; at least 1.</param>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        var window = text.AsSpan(0, limit + 1);
        for (var end = limit; end > 0; end--)
        {
            if (IsEnd(window, end) && IsBalanced(window[..end]))
            {
                return window[..end].TrimEnd().ToString();
            }
        }

        var space = window.LastIndexOfAny(' ', '\n');
        var hard = space > 0 ? space : char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
        return window[..hard].TrimEnd().ToString();
    }

    /// <summary>The whole text in pieces that each fit.</summary>
    public static IEnumerable<string> Pieces(string text, int limit)
    {
        for (var rest = text.Trim(); rest.Length > 0;)
        {
            var piece = Cut(rest, limit);
            yield return piece;
            rest = rest[Math.Max(1, piece.Length)..].TrimStart();
        }
    }

    // The mark must be followed by a blank: 3.50 and example.com are no ends.
    private static bool IsEnd(ReadOnlySpan<char> text, int end) =>
        text[end] == '\n' || (char.IsWhiteSpace(text[end]) && Ends.Contains(text[end - 1], StringComparison.Ordinal));

    private static bool IsBalanced(ReadOnlySpan<char> text) => text.Count('*') % 2 == 0 && text.Count("```") % 2 == 0;
}
