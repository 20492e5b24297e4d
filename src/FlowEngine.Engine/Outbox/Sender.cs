using System.Collections.Frozen;
using System.Diagnostics;
using FlowEngine.Conversations;
using FlowEngine.Engine.Connections;
using FlowEngine.Engine.Turns;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Engine.Outbox;

/// <summary>What became of one attempt; an in-memory input of the conversation's next turn (decision record 002).</summary>
/// <param name="Cause">The span of the call; default when nobody recorded it.</param>
public sealed record SendSettled(Guid Message, int Attempt, SendResult Result, ActivityContext Cause = default);

/// <summary>
/// Hands a released message to its channel. The point of no return was the turn's commit, where the epoch was compared; here only
/// the deadline is checked, and the calling mark is written before the wire is touched.
/// </summary>
public sealed class Sender(ITurnStore store, IEnumerable<IChannel> channels, ConnectionBook connections, TimeProvider clock, ILogger<Sender> log)
{
    private readonly FrozenDictionary<string, IChannel> byKind = channels.ToFrozenDictionary(c => c.Kind, StringComparer.Ordinal);

    /// <summary>Null when the attempt must not be called any more: somebody else has settled or taken it.</summary>
    /// <param name="cause">The turn that released the message, for traces.</param>
    public async Task<SendSettled?> Call(string connectionKey, Contact to, Message message, ActivityContext cause, CancellationToken cancel)
    {
        using var span = Telemetry.Start("send", ActivityKind.Client, cause);
        var started = clock.GetTimestamp();
        var settled = await Attempt(connectionKey, to, message, cancel);
        if (settled is not null)
        {
            SendCounts.Settled(message, settled.Result, clock.GetElapsedTime(started), clock.GetUtcNow(), log);
            span?.SetTag("flowengine.message", message.Id).SetTag("flowengine.attempt", message.Attempt).SetTag("flowengine.outcome", settled.Result.Outcome.ToString());
            span?.SetTag("flowengine.category", settled.Result.Error?.Category);
        }

        return settled is null || span is null ? settled : settled with { Cause = span.Context };
    }

    private async Task<SendSettled?> Attempt(string connectionKey, Contact to, Message message, CancellationToken cancel)
    {
        var connection = connections.Find(connectionKey);
        if (connection is not { Active: true } || !byKind.TryGetValue(connection.Kind, out var channel))
        {
            return Settled(message, SendResult.Rejected(SendErrors.NoConnection, pausesConnection: true));
        }

        // Dying before this mark: the message was never called, the next start releases it again.
        if (!await store.MarkCalling(message.Id, message.Attempt, cancel))
        {
            return null;
        }

        // Dying after it: the outcome is unknown; a status with our tracking id settles it, or people are asked.
        if (clock.GetUtcNow() >= message.Deadline)
        {
            log.LogWarning("Message {Message} was released but its worker came too late; it goes back to the queue", message.Id);
            return Settled(message, SendResult.Rejected(new SendError("FE_LATE", "transient", "The worker came too late to call the provider."), TimeSpan.Zero));
        }

        try
        {
            var result = await channel.Send(connection, to, message, cancel);
            if (result.Outcome == SendOutcome.Accepted)
            {
                connections.Accepted(connection, clock.GetUtcNow());
            }

            return Settled(message, result);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            log.LogError(defect, "The channel {Kind} threw while sending message {Message}", connection.Kind, message.Id);
            return Settled(message, SendResult.Unknown(new SendError("FE_NO_REPLY", "transient", "The channel failed; it is not known whether the message left.")));
        }
    }

    private static SendSettled Settled(Message message, SendResult result) => new(message.Id, message.Attempt, result);
}
