namespace FlowEngine.Server.Persistence.Rows;

/// <summary>
/// A part of an active article, as it is found and quoted. Written with its article in one transaction; the database's own full-text index
/// follows it by triggers (SQLite) or as a generated column (PostgreSQL). Never updated, only deleted and made anew.
/// </summary>
public sealed class StoredPassage
{
    public long Seq { get; set; }

    public Guid ArticleId { get; set; }

    public int Ordinal { get; set; }

    public required string Language { get; set; }

    /// <summary>The article's title, kept here so that a search reads no bodies.</summary>
    public required string Title { get; set; }

    /// <summary>The headings above it; empty where there are none.</summary>
    public required string Heading { get; set; }

    /// <summary>As a chat shows it.</summary>
    public required string Text { get; set; }

    /// <summary>Stems of title, labels and headings, each with its language's mark, between single blanks.</summary>
    public required string HeadingTerms { get; set; }

    /// <summary>Stems of the text, in the same form.</summary>
    public required string TextTerms { get; set; }
}
