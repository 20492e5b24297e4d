namespace FlowEngine.Server.Leads.Imports;

/// <summary>How far an import is, counted from its rows.</summary>
/// <param name="State">working or finished.</param>
/// <param name="Duplicates">Rows whose lead had been brought before.</param>
public sealed record ImportProgress(
    Guid Id, string State, string? FileName, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, int Rows, int Created, int Duplicates, int Errors)
{
    public int Done => Created + Duplicates + Errors;
}

/// <param name="Row">Line of the file; the header is 1.</param>
/// <param name="Errors">By field.</param>
public sealed record RowErrors(int Row, IReadOnlyDictionary<string, string[]> Errors);
