using FlowEngine.Conversations;

namespace FlowEngine.Engine.ConversationActivities;

/// <summary>
/// What a conversation activity wants of the world, in flow order. The turn carries it into its commit; nothing has happened before.
/// </summary>
/// <param name="ActivityId">The node that wants it.</param>
public abstract record Effect(string ActivityId);

/// <summary>Say something to the lead.</summary>
/// <param name="LastWords">Said by this burst before its own handoff or finalize: goes with the new epoch (decision 12).</param>
/// <param name="Stopped">Said after the run had given up its grant: recorded as stopped, never sent (ownership.md section 3).</param>
/// <param name="Author">Flow for what its author wrote, Ai for what a model wrote.</param>
public sealed record SendEffect(
    MessageContent Content, WhenUnknown WhenUnknown, string ActivityId, bool LastWords = false, bool Stopped = false, AuthorKind Author = AuthorKind.Flow)
    : Effect(ActivityId);

/// <summary>A field of the lead was set; null removes it. Already applied to <see cref="ConversationScope.Conversation"/>.</summary>
public sealed record SetFieldEffect(string Name, string? Value, string ActivityId) : Effect(ActivityId);

/// <summary>A label was put on or taken off. Already applied.</summary>
public sealed record LabelEffect(string Label, bool Added, string ActivityId) : Effect(ActivityId);

/// <summary>The department was chosen; the owner stays. Already applied.</summary>
public sealed record RouteEffect(string Department, string ActivityId) : Effect(ActivityId);

/// <summary>The run gave the conversation to people. Already applied by the domain's verb; its words are a <see cref="SendEffect"/> before it.</summary>
public sealed record HandOffEffect(Target Target, HandOffMode Mode, string? Reason, string? Summary, string ActivityId) : Effect(ActivityId);

/// <summary>The run closed the episode. Already applied by the domain's verb.</summary>
public sealed record FinalizeEffect(string? Reason, string ActivityId) : Effect(ActivityId);

/// <summary>The lead wants no automatic messages any more; a fact of the contact.</summary>
public sealed record OptOutEffect(string ActivityId) : Effect(ActivityId);

/// <summary>Work outside of the turn that the run now waits for at <paramref name="Bookmark"/>.</summary>
public sealed record TaskEffect(string Kind, string Bookmark, byte[] Payload, DateTimeOffset Deadline, string ActivityId) : Effect(ActivityId);
