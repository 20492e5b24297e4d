using FlowEngine.Conversations;

namespace FlowEngine.Engine.Mailbox;

public enum CommandStatus { Done, Refused, Pending }

/// <summary>
/// The stored result of a command, the same however often it is asked for. Pending means that its turn has not run within the wait;
/// ask again by <paramref name="CommandId"/>.
/// </summary>
/// <param name="InFlight">Messages of a bot that were already released when a claim committed; at most one (ownership.md 5.6).</param>
/// <param name="Stopped">Messages that the command stopped before they left.</param>
public sealed record CommandOutcome(
    Guid CommandId,
    CommandStatus Status,
    Refusal? Refusal = null,
    Owner Owner = default,
    long Epoch = 0,
    Tab Tab = default,
    long Version = 0,
    Guid? MessageId = null,
    IReadOnlyList<Guid>? InFlight = null,
    IReadOnlyList<Guid>? Stopped = null);
