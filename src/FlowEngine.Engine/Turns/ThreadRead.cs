using FlowEngine.Conversations;

namespace FlowEngine.Engine.Turns;

/// <summary>A conversation as work outside of a turn sees it, of one moment.</summary>
/// <param name="Messages">The newest of its present episode without notes, oldest first.</param>
/// <param name="HandedBackAt">When people last gave it to a flow; null when they never did.</param>
public sealed record ThreadRead(Conversation Conversation, Contact Contact, IReadOnlyList<Message> Messages, DateTimeOffset? HandedBackAt);
