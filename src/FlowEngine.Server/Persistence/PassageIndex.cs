using FlowEngine.Server.Persistence.Rows;

namespace FlowEngine.Server.Persistence;

/// <summary>
/// The database's full-text index over the passages. It only says which passages hold terms that begin in some way; what they are worth is
/// decided outside, so that every database finds the same. Terms consist of letters and digits.
/// </summary>
public abstract class PassageIndex
{
    /// <summary>How many passages hold a term with each of these beginnings; counting ends at <paramref name="most"/>.</summary>
    public abstract Task<IReadOnlyList<int>> Count(FlowEngineContext db, IReadOnlyList<string> beginnings, int most, CancellationToken cancel);

    /// <summary>The oldest passages that fit one of the choices: that hold a term with each of its beginnings.</summary>
    public abstract Task<IReadOnlyList<StoredPassage>> Find(FlowEngineContext db, IReadOnlyList<IReadOnlyList<string>> choices, int most, CancellationToken cancel);

    /// <summary>Letters and digits are all that a term may hold; nothing that the query languages of the databases know goes through.</summary>
    /// <exception cref="ArgumentException">A defect: what was given is no term.</exception>
    protected static string Checked(string beginning) =>
        beginning.Length > 0 && beginning.All(char.IsLetterOrDigit) ? beginning : throw new ArgumentException("A term has letters and digits only.", nameof(beginning));
}
