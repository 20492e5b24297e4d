namespace FlowEngine.Server.Persistence.Rows;

/// <summary>One version of a workflow definition, as its Elsa JSON. A published version is never changed.</summary>
public sealed class StoredDefinition
{
    /// <summary>The version's id, text as Elsa writes it.</summary>
    public required string Id { get; set; }

    public required string DefinitionId { get; set; }

    public int Version { get; set; }

    public string? Name { get; set; }

    public required byte[] Json { get; set; }

    public bool IsLatest { get; set; }

    public bool IsPublished { get; set; }

    /// <summary>Upper-case hex SHA-256 of the file it was imported from; a file is imported again only when it changes (decision 20).</summary>
    public string? SourceHash { get; set; }

    public string? SourceFile { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
