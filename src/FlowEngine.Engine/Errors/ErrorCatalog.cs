using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace FlowEngine.Engine.Errors;

/// <summary>
/// What is known of every error, the providers' (cloud-api.md section 7) and our own, as data: cause, whether it is repeated, what a person can
/// do. Decisions go by the code; the HTTP status counts only where no code was given.
/// </summary>
public sealed class ErrorCatalog
{
    /// <summary>Refused with a code that the table does not have.</summary>
    public const string UnknownCode = "FE_4XX_UNKNOWN";

    public const string Connect = "FE_CONNECT";

    public const string NoReply = "FE_NO_REPLY";

    public const string ServerErrorWithoutBody = "FE_5XX_NO_BODY";

    public const string Throughput = "130429";

    private const string Transient = "131000";

    private readonly FrozenDictionary<string, ErrorEntry> byCode;
    private readonly IReadOnlyList<(int From, int To, ErrorEntry Entry)> ranges;

    private readonly FrozenDictionary<string, Cure> byCategory;

    private ErrorCatalog(IReadOnlyList<ErrorEntry> entries, IEnumerable<KeyValuePair<string, Cure>> categories)
    {
        byCategory = categories.ToFrozenDictionary(StringComparer.Ordinal);
        byCode = entries.ToFrozenDictionary(entry => entry.Code, StringComparer.Ordinal);
        ranges = [.. entries.Where(entry => entry.Code.Contains('-', StringComparison.Ordinal)).Select(Range)];
    }

    /// <summary>The table that ships with the product.</summary>
    public static ErrorCatalog Default { get; } = Load();

    /// <summary>The rule for whatever the provider itself calls transient.</summary>
    public ErrorEntry AnyTransient => byCode[Transient];

    public IEnumerable<ErrorEntry> All => byCode.Values;

    /// <summary>The entry for a code as <c>SendError.Code</c> has it; null when the table does not know it.</summary>
    public ErrorEntry? Find(string code)
    {
        if (byCode.TryGetValue(code, out var entry))
            return entry;

        var known = int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return known ? ranges.FirstOrDefault(range => number >= range.From && number <= range.To).Entry : null;
    }

    /// <summary>What can be done about an error: by its code, else by its category.</summary>
    public Cure CureOf(string code, string category) => Find(code)?.Cure ?? byCategory.GetValueOrDefault(category) ?? byCategory["other"];

    private static (int, int, ErrorEntry) Range(ErrorEntry entry)
    {
        var ends = entry.Code.Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture), entry);
    }

    private static ErrorCatalog Load()
    {
        using var stream = typeof(ErrorCatalog).Assembly.GetManifestResourceStream("FlowEngine.error-codes.json")
            ?? throw new InvalidOperationException("The error table is not in the assembly.");
        using var table = JsonDocument.Parse(stream);
        var entries = new List<ErrorEntry>();
        foreach (var group in (ReadOnlySpan<string>)["provider", "local"])
            foreach (var item in table.RootElement.GetProperty(group).EnumerateArray())
                entries.Add(Entry(item));
        var categories = table.RootElement.GetProperty("category_cures").EnumerateObject().Select(c => KeyValuePair.Create(c.Name, CureIn(c.Value)));
        return new ErrorCatalog(entries, categories);
    }

    private static ErrorEntry Entry(JsonElement item) => new(
        Word(item, "code"),
        Word(item, "name"),
        Word(item, "category"),
        Rule(item.GetProperty("retry")),
        item.TryGetProperty("pauses_connection", out var pauses) && pauses.ValueKind == JsonValueKind.True,
        Word(item, "meaning"),
        CureIn(item));

    private static Cure CureIn(JsonElement item) => new(Word(item, "cure_es"), Word(item, "cure_pt"), Word(item, "cure_en"));

    private static RetryRule Rule(JsonElement retry)
    {
        var policy = Word(retry, "policy");
        return policy != "auto"
            ? RetryRule.None with { Policy = policy }
            : new RetryRule(
                policy,
                TimeSpan.FromSeconds(retry.GetProperty("first_delay_s").GetDouble()),
                retry.GetProperty("factor").GetInt32(),
                TimeSpan.FromSeconds(retry.GetProperty("max_delay_s").GetDouble()),
                retry.GetProperty("max_attempts").GetInt32());
    }

    private static string Word(JsonElement item, string name) =>
        item.GetProperty(name) is { } value && value.ToString() is { Length: > 0 } text ? text : throw new InvalidOperationException($"The error table has an empty {name}.");
}
