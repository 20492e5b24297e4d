using System.Collections.Immutable;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Persistence.Rows;

/// <summary>One line of a conversation's audit trail (invariant I19), in order of <see cref="Seq"/>.</summary>
public sealed class StoredHistory
{
    public long Seq { get; set; }

    public Guid ConversationId { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Kind { get; set; }

    public ActorKind ActorKind { get; set; }

    public string? ActorId { get; set; }

    public required string ActorName { get; set; }

    public OwnerKind FromOwnerKind { get; set; }

    public string? FromOwnerId { get; set; }

    public string? FromOwnerName { get; set; }

    public OwnerKind ToOwnerKind { get; set; }

    public string? ToOwnerId { get; set; }

    public string? ToOwnerName { get; set; }

    public Tab TabFrom { get; set; }

    public Tab TabTo { get; set; }

    public long Epoch { get; set; }

    public string? Cause { get; set; }

    /// <summary>JSON in the database.</summary>
    public ImmutableSortedDictionary<string, string>? Data { get; set; }
}
