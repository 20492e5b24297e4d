using System.Diagnostics.Metrics;
using FlowEngine.Conversations;
using Microsoft.Extensions.Logging;

namespace FlowEngine.Engine.Outbox;

/// <summary>What is counted of calls of a provider.</summary>
internal static class SendCounts
{
    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>(
        "flowengine.send.duration", "s", "A call of the provider, by outcome.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30] });

    private static readonly Counter<long> Misses = Telemetry.Meter.CreateCounter<long>(
        "flowengine.send.deadline_misses", "{message}", "Calls that were settled after their deadline: the message may have spoken late.");

    private static readonly Histogram<double> Lateness = Telemetry.Meter.CreateHistogram<double>("flowengine.send.lateness", "s", "By how much, for those that missed it.");

    /// <summary>
    /// Ownership.md 5.7: a provider takes no fencing token, so a process that is frozen between the check of the deadline and the socket could speak
    /// late. That cannot be prevented here, so it is seen: settled after the deadline is a miss. The target is zero.
    /// </summary>
    public static void Settled(Message message, SendResult result, TimeSpan took, DateTimeOffset now, ILogger log)
    {
        Duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", OutcomeWords[(int)result.Outcome]));
        if (result.Outcome != SendOutcome.Rejected && message.Deadline is { } deadline && now > deadline)
        {
            Misses.Add(1);
            Lateness.Record((now - deadline).TotalSeconds);
            log.LogWarning("Message {Message} was settled {Late} after its deadline", message.Id, now - deadline);
        }
    }

    private static readonly string[] OutcomeWords = [.. Enum.GetNames<SendOutcome>().Select(n => n.ToLowerInvariant())];
}
