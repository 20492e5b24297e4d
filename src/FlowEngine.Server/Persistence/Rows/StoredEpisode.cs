namespace FlowEngine.Server.Persistence.Rows;

/// <summary>
/// One period from opening to finalize. The Finished tab lists the finished ones, so that a lead who comes back does not empty the past.
/// </summary>
public sealed class StoredEpisode
{
    public Guid ConversationId { get; set; }

    public StoredConversation? Conversation { get; set; }

    public int Number { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Null while the episode goes on.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    public string? FinishedBy { get; set; }

    public string? FinishReason { get; set; }

    public Guid? ResponsibleId { get; set; }

    public string? ResponsibleName { get; set; }

    public string? Department { get; set; }
}
