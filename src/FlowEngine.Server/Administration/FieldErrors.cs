namespace FlowEngine.Server.Administration;

/// <summary>What is wrong with an input, by the field's name as the caller wrote it. Nothing is done while it has entries.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> byField = new(StringComparer.Ordinal);

    public bool Any => byField.Count > 0;

    public IReadOnlyDictionary<string, string[]> ByField => byField.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal);

    public void Add(string field, string rule)
    {
        if (!byField.TryGetValue(field, out var rules))
        {
            byField[field] = rules = [];
        }

        rules.Add(rule);
    }

    /// <summary>Adds the rule unless it holds; answers whether it holds.</summary>
    public bool Check(bool holds, string field, string rule)
    {
        if (!holds)
        {
            Add(field, rule);
        }

        return holds;
    }

    /// <summary>The trimmed text; an error when it is missing or longer than allowed.</summary>
    public string Text(string? value, string field, int max)
    {
        var text = value?.Trim() ?? "";
        Check(text.Length > 0, field, "is required");
        Check(text.Length <= max, field, $"has at most {max} characters");
        return text;
    }

    /// <summary>The trimmed text, or null when it is empty.</summary>
    public string? Optional(string? value, string field, int max)
    {
        var text = value?.Trim();
        Check((text?.Length ?? 0) <= max, field, $"has at most {max} characters");
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A key for addresses and files: lower-case letters, digits and hyphens, 64 characters at most.</summary>
    public string Slug(string? value, string field)
    {
        var slug = Text(value, field, 64);
        Check(slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'), field, "has only lower-case letters, digits, hyphens and underscores");
        return slug;
    }
}
