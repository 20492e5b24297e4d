namespace FlowEngine.Server.Persistence.Rows;

/// <summary>An article of the company's knowledge.</summary>
public sealed class StoredArticle
{
    public Guid Id { get; set; }

    public required string Title { get; set; }

    /// <summary>The title in small letters and without accents, for sorting and for the list's search.</summary>
    public required string TitleFolded { get; set; }

    /// <summary>Markdown.</summary>
    public required string Body { get; set; }

    /// <summary>es, pt-BR or en.</summary>
    public required string Language { get; set; }

    /// <summary>JSON in the database: words by which leads ask for it, beside those of the text.</summary>
    public IReadOnlyCollection<string> Labels { get; set; } = [];

    /// <summary>An inactive one has no passages, so nothing finds it.</summary>
    public bool Active { get; set; }

    /// <summary>Grows with each edit; an edit of an older version is refused.</summary>
    public long Version { get; set; }

    /// <summary>By which way of cutting and stemming its passages were made.</summary>
    public int IndexedBy { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string ChangedBy { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public List<StoredPassage> Passages { get; } = [];
}
