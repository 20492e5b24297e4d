using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;

namespace FlowEngine.Server.Leads;

/// <param name="Number">Line of the file as people count it; the header is 1.</param>
/// <param name="Input">Null when the row cannot be read at all.</param>
internal sealed record LeadRow(int Number, LeadInput? Input, string? Unreadable = null);

/// <summary>Leads of a CSV file with a header: comma, semicolon or tab, as spreadsheets write it.</summary>
internal static class LeadFile
{
    /// <param name="connection">For rows without a connection column.</param>
    public static async IAsyncEnumerable<LeadRow> Read(TextReader text, string? connection, [EnumeratorCancellation] CancellationToken cancel)
    {
        var format = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            TrimOptions = TrimOptions.Trim,
            MissingFieldFound = null,
            BadDataFound = null,
        };
        using var csv = new CsvReader(text, format, leaveOpen: true);
        if (!await csv.ReadAsync() || !csv.ReadHeader())
        {
            yield break;
        }

        var headers = csv.HeaderRecord ?? [];
        while (await csv.ReadAsync())
        {
            cancel.ThrowIfCancellationRequested();
            var line = csv.Parser.RawRow;
            yield return csv.Parser.Count > headers.Length
                ? new LeadRow(line, null, $"has {csv.Parser.Count} values for {headers.Length} columns")
                : new LeadRow(line, Lead(csv, headers, connection));
        }
    }

    private static LeadInput Lead(CsvReader csv, string[] headers, string? connection)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var column = 0; column < headers.Length; column++)
        {
            if (csv.GetField(column) is not { Length: > 0 } value)
            {
                continue;
            }

            if (LeadColumns.Meaning(headers[column]) is { } meaning)
            {
                known.TryAdd(meaning, value);
            }
            else if (headers[column].Trim() is { Length: > 0 } own)
            {
                fields[own] = value;
            }
        }

        var contact = new LeadContact(
            known.GetValueOrDefault(LeadColumns.Name), known.GetValueOrDefault(LeadColumns.Phone), known.GetValueOrDefault(LeadColumns.Email), known.GetValueOrDefault(LeadColumns.ExternalId));
        return new LeadInput(
            known.GetValueOrDefault(LeadColumns.Connection) ?? connection, contact, known.GetValueOrDefault(LeadColumns.Source) ?? "import", fields,
            known.GetValueOrDefault(LeadColumns.Flow), known.GetValueOrDefault(LeadColumns.Department));
    }
}
