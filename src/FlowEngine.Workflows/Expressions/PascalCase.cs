namespace FlowEngine.Workflows.Expressions;

/// <summary>Names as accessors of scripts have them: <c>customer_name</c> is <c>CustomerName</c>.</summary>
internal static class PascalCase
{
    /// <summary>The first letter, and each behind blanks, underscores or hyphens, large; those signs are left out.</summary>
    public static string Of(string name)
    {
        if (name.AsSpan().IndexOfAny(" _-") < 0) return name.Length == 0 || char.IsUpper(name[0]) ? name : char.ToUpperInvariant(name[0]) + name[1..];
        var text = new System.Text.StringBuilder(name.Length);
        var begin = 0;
        for (var at = 0; at < name.Length; at++)
        {
            if (name[at] is ' ' or '_' or '-') continue;
            var begins = at == 0 || begin < at;
            // Signs before anything but a letter stay: line_2 is Line_2.
            if (begins && !char.IsAsciiLetter(name[at])) text.Append(name, begin, at - begin);
            text.Append(begins && char.IsAsciiLetter(name[at]) ? char.ToUpperInvariant(name[at]) : name[at]);
            begin = at + 1;
        }

        return text.Append(name, begin, name.Length - begin).ToString();
    }
}
