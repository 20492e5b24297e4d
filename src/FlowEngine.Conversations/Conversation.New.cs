using System.Collections.Immutable;

namespace FlowEngine.Conversations;

public sealed partial record Conversation
{
    /// <summary>A conversation at the start of its first episode: active, owned by nobody, epoch 0.</summary>
    /// <param name="source">Where the lead came from: message, form, import, api, ad.</param>
    public static Conversation New(
        Guid id, string connection, Guid contactId, string source, DateTimeOffset now,
        ImmutableSortedDictionary<string, string>? fields = null, string? department = null) => new()
    {
        Id = id,
        Connection = connection,
        ContactId = contactId,
        Source = source,
        Fields = fields ?? ImmutableSortedDictionary<string, string>.Empty,
        Department = department,
        CreatedAt = now,
        LastActivityAt = now,
    };

    /// <summary>A lead came from an integration, a form, an import or the API; whether a flow starts is decided by the triggers.</summary>
    public Decision Created(Actor by, string source, DateTimeOffset now) =>
        Change(this with { Source = source }, new Act(by, now, "created") { Cause = source });
}
