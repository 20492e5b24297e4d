namespace FlowEngine.Server.Persistence.Rows;

/// <summary>One version of a workflow definition, as its Elsa JSON. What was once published or run is never changed.</summary>
public sealed class StoredDefinition
{
    /// <summary>The version's id, text as Elsa writes it.</summary>
    public required string Id { get; set; }

    public required string DefinitionId { get; set; }

    public int Version { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Version of the tool that saved it, as it says.</summary>
    public string? ToolVersion { get; set; }

    public required byte[] Json { get; set; }

    public bool IsLatest { get; set; }

    public bool IsPublished { get; set; }

    /// <summary>Upper-case hex SHA-256 of the file it was imported from; a file is imported again only when it changes (decision 20).</summary>
    public string? SourceHash { get; set; }

    public string? SourceFile { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was first published or run. From then on its text never changes, because runs may stand on it; null for a draft that nobody has used.</summary>
    public DateTimeOffset? FixedAt { get; set; }

    /// <summary>Grows with every change of the definition's latest version; who saves says which one was seen (decision 27).</summary>
    public int Revision { get; set; }

    /// <summary>Who saved last: a person's or key's id, and the name for the one who comes too late.</summary>
    public string? SavedBy { get; set; }

    public string? SavedByName { get; set; }

    /// <summary>The revision from which on only <see cref="SavedBy"/> has saved.</summary>
    public int SavedFrom { get; set; }

    /// <summary>When it was deleted: hidden and never started again, but kept for the runs that stand on it.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
