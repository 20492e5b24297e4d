namespace FlowEngine.Server.Leads.Imports;

/// <summary>
/// The rows of a file, of which so many are read at once that a small one is known to be small. What is too many stays unread until somebody
/// stores it.
/// </summary>
internal sealed class ImportFile : IAsyncDisposable
{
    /// <summary>A file with more rows than this is stored and worked on by a job; a smaller one is done while its sender waits.</summary>
    public const int Small = 500;

    /// <summary>Rows beyond are not taken, and say so.</summary>
    public const int MaxRows = 100_000;

    public const long MaxBytes = 50 * 1024 * 1024;

    private readonly IAsyncEnumerator<LeadRow> rest;

    private ImportFile(IReadOnlyList<LeadRow> first, IAsyncEnumerator<LeadRow> rest) => (First, this.rest) = (first, rest);

    public IReadOnlyList<LeadRow> First { get; }

    public bool IsSmall => First.Count <= Small;

    /// <param name="connection">For rows without a connection column.</param>
    public static async Task<ImportFile> Open(TextReader text, string? connection, CancellationToken cancel)
    {
        var rows = LeadFile.Read(text, connection, cancel).GetAsyncEnumerator(cancel);
        var first = new List<LeadRow>();
        while (first.Count <= Small && await rows.MoveNextAsync())
        {
            first.Add(rows.Current);
        }

        return new ImportFile(first, rows);
    }

    /// <summary>All rows up to the most that are taken; one beyond them stands for all that are not.</summary>
    public async IAsyncEnumerable<LeadRow> All()
    {
        foreach (var row in First)
        {
            yield return row;
        }

        for (var count = First.Count; await rest.MoveNextAsync(); count++)
        {
            if (count == MaxRows)
            {
                yield return new LeadRow(rest.Current.Number, null, $"is beyond the {MaxRows} rows that one import takes");
                yield break;
            }

            yield return rest.Current;
        }
    }

    public ValueTask DisposeAsync() => rest.DisposeAsync();
}
