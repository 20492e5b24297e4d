namespace FlowEngine.Conversations;

/// <summary>Where a handoff puts the conversation. Open is for an agent that was already talking and needs a named agent.</summary>
public enum HandOffMode { Waiting = 0, Open = 1 }

/// <summary>For whom a handoff or transfer is: a department's queue, or one agent.</summary>
public sealed record Target(string? Department, Guid? Agent);
