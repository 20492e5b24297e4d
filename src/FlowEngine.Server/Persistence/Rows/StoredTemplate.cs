namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A message template as the provider has approved it.</summary>
public sealed class StoredTemplate
{
    public required string Name { get; set; }

    public required string Language { get; set; }

    public string? Category { get; set; }

    /// <summary>As the provider says it: APPROVED, PENDING, REJECTED, PAUSED …</summary>
    public required string Status { get; set; }

    public required string Body { get; set; }

    public int ParameterCount { get; set; }
}
