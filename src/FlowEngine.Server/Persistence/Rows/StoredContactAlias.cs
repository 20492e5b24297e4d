namespace FlowEngine.Server.Persistence.Rows;

/// <summary>One address of a contact, unique within its portfolio and kind.</summary>
public sealed class StoredContactAlias
{
    public required string Portfolio { get; set; }

    /// <summary>parentUserId, userId, waId, phone, chat, email, external.</summary>
    public required string Kind { get; set; }

    public required string Value { get; set; }

    public Guid ContactId { get; set; }
}
