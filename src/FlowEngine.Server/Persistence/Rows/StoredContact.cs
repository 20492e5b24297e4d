namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A person. Its addresses are the aliases; the columns here are what sending and lists need.</summary>
public sealed class StoredContact
{
    public Guid Id { get; set; }

    public string? Name { get; set; }

    public string? Phone { get; set; }

    public string? WaId { get; set; }

    public string? UserId { get; set; }

    /// <summary>Asked that automations stop (decision 18).</summary>
    public bool OptedOut { get; set; }

    /// <summary>The contact that this one became part of; its events go there (decision 6).</summary>
    public Guid? MergedInto { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<StoredContactAlias> Aliases { get; } = [];
}
