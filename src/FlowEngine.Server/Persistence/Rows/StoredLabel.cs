namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A label that people choose from; conversations carry its name.</summary>
public sealed class StoredLabel
{
    public required string Name { get; set; }

    /// <summary>CSS colour, such as <c>#2e7d32</c>.</summary>
    public string? Color { get; set; }
}
