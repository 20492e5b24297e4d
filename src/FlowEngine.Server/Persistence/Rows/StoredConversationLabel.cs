namespace FlowEngine.Server.Persistence.Rows;

/// <summary>A label on a conversation; in step with <c>Conversation.Labels</c>.</summary>
public sealed class StoredConversationLabel
{
    public Guid ConversationId { get; set; }

    public required string Label { get; set; }
}
