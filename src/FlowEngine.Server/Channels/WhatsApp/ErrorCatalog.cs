using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// The error table of cloud-api.md section 7 as data. Decisions go by the provider's error code; the HTTP status counts only where no
/// code was given.
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

    private ErrorCatalog(IReadOnlyList<ErrorEntry> entries)
    {
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

    private static (int, int, ErrorEntry) Range(ErrorEntry entry)
    {
        var ends = entry.Code.Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture), entry);
    }

    private static ErrorCatalog Load()
    {
        using var stream = typeof(ErrorCatalog).Assembly.GetManifestResourceStream("FlowEngine.WhatsApp.error-codes.json")
            ?? throw new InvalidOperationException("The error table is not in the assembly.");
        using var table = JsonDocument.Parse(stream);
        var entries = new List<ErrorEntry>();
        foreach (var group in (ReadOnlySpan<string>)["provider", "local"])
            foreach (var item in table.RootElement.GetProperty(group).EnumerateArray())
                entries.Add(Entry(item));
        return new ErrorCatalog(entries);
    }

    private static ErrorEntry Entry(JsonElement item) => new(
        Word(item, "code"),
        Word(item, "name"),
        Word(item, "category"),
        Rule(item.GetProperty("retry")),
        item.Part("pauses_connection"u8) is { ValueKind: JsonValueKind.True },
        Word(item, "meaning"),
        Word(item, "cure_en"),
        Word(item, "cure_es"));

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
        item.GetProperty(name).AsText() ?? throw new InvalidOperationException($"The error table has an empty {name}.");
}
