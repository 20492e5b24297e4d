using System.Text.RegularExpressions;

namespace FlowEngine.Tests.Architecture;

/// <summary>
/// Reads C# without a compiler: comments and strings are blanked, then braces are matched. Good enough for limits; a construct
/// that it misreads shows as a wrong number in a failing test, never as a silent pass of a whole file.
/// </summary>
internal static partial class CSharpText
{
    private static readonly HashSet<string> NotMethods =
        ["if", "for", "foreach", "while", "switch", "catch", "using", "lock", "fixed", "return", "nameof", "typeof", "when", "new", "await", "throw", "record", "class", "struct"];

    /// <summary>A method, constructor or local function with a block body. <paramref name="Lines"/> counts signature to closing brace.</summary>
    public sealed record Method(string Name, int Line, int Lines);

    /// <summary>The same text with the same lines, comments and strings emptied.</summary>
    public static string Blank(string text) =>
        CommentOrString().Replace(text, m => (m.ValueSpan[0] == '/' ? "" : "\"\"") + new string('\n', m.ValueSpan.Count('\n')));

    public static IEnumerable<Method> Methods(string text)
    {
        var clean = Blank(text);
        foreach (Match head in MethodHead().Matches(clean))
        {
            var name = head.Groups["name"].Value;
            var close = Matching(clean, head.Index + head.Length - 1, '(', ')');
            if (NotMethods.Contains(name) || IsType(clean, head.Index) || close < 0 || BodyAfter(clean, close + 1) is not { } open)
            {
                continue;
            }

            var end = Matching(clean, open, '{', '}');
            if (end > 0)
            {
                var first = LineOf(clean, head.Groups["name"].Index);
                yield return new Method(name, first, LineOf(clean, end) - first + 1);
            }
        }
    }

    /// <summary>Whether the name at this place is that of a type with a primary constructor.</summary>
    private static bool IsType(string clean, int at)
    {
        var line = clean.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1;
        return TypeWord().IsMatch(clean[line..at]);
    }

    /// <summary>Where the block opens when one follows a parameter list; null for calls, expression bodies and declarations.</summary>
    private static int? BodyAfter(string clean, int from)
    {
        var tail = AfterParameters().Match(clean, from);
        return tail.Success ? tail.Index + tail.Length - 1 : null;
    }

    private static int Matching(string text, int at, char open, char shut)
    {
        for (int i = at, depth = 0; i < text.Length; i++)
        {
            if (text[i] == open)
            {
                depth++;
            }
            else if (text[i] == shut && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int LineOf(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    [GeneratedRegex("""(?s)//[^\n]*|/\*.*?\*/|\$*"{3,}.*?"{3,}|(?:\$@|@\$|@)"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""")]
    private static partial Regex CommentOrString();

    // A type word (or modifier) before the name tells a declaration from a call.
    [GeneratedRegex("""(?m)(?<=^[ \t]*(?:[\w<>\[\],.?()]+[ \t]+)*)(?<name>[A-Za-z_]\w*)[ \t]*(?:<[^>\n()]*>)?[ \t]*\(""")]
    private static partial Regex MethodHead();

    [GeneratedRegex(@"\b(class|record|struct|interface)\s+$")]
    private static partial Regex TypeWord();

    // Constructor initialisers and generic constraints may stand between the parameters and the block.
    [GeneratedRegex("""\G\s*(?::\s*(?:base|this)\s*\((?>[^()]+|\((?<d>)|\)(?<-d>))*(?(d)(?!))\)\s*)?(?:where\s[^{;=]*)?\{""")]
    private static partial Regex AfterParameters();
}
