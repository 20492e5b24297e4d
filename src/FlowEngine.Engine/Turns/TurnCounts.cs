using System.Diagnostics.Metrics;
using FlowEngine.Conversations;

namespace FlowEngine.Engine.Turns;

/// <summary>What is counted of turns, after their commit: only what has really happened.</summary>
internal static class TurnCounts
{
    private static readonly Counter<long> Turns = Telemetry.Meter.CreateCounter<long>("flowengine.turns", "{turn}", "Turns that were committed.");

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>(
        "flowengine.turn.duration", "s", "From load to commit of a turn.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });

    private static readonly Counter<long> LostRaces = Telemetry.Meter.CreateCounter<long>(
        "flowengine.commits.lost", "{commit}", "Turns whose commit was refused by the mailbox's version or lease, and that were decided again.");

    private static readonly Counter<long> Released = Telemetry.Meter.CreateCounter<long>("flowengine.messages.released", "{message}", "Messages that passed the gate, by author.");

    private static readonly Counter<long> Accepted = Telemetry.Meter.CreateCounter<long>("flowengine.messages.accepted", "{message}", "Messages that the provider took, by author.");

    private static readonly Counter<long> Failed = Telemetry.Meter.CreateCounter<long>("flowengine.messages.failed", "{message}", "Messages that failed for good, by author and category.");

    private static readonly Counter<long> Stopped = Telemetry.Meter.CreateCounter<long>(
        "flowengine.messages.stopped", "{message}", "Messages that the gate stopped, by author and code; stale is the fence between bot and person.");

    public static void Lost() => LostRaces.Add(1);

    public static void Committed(Checkpoint checkpoint, TimeSpan took)
    {
        Turns.Add(1);
        Duration.Record(took.TotalSeconds);
        if (Released.Enabled || Accepted.Enabled || Failed.Enabled || Stopped.Enabled)
        {
            foreach (var message in checkpoint.NewMessages)
            {
                Count(message, checkpoint.Now);
            }

            foreach (var message in checkpoint.ChangedMessages)
            {
                Count(message, checkpoint.Now);
            }
        }
    }

    private static void Count(Message message, DateTimeOffset now)
    {
        var author = new KeyValuePair<string, object?>("author", AuthorWords.Of(message.Author));
        var settled = message.SettledAt == now;
        switch (message.State)
        {
            case MessageState.Released:
                Released.Add(1, author);
                break;
            case MessageState.Stopped when settled || message.SettledAt is null:
                Stopped.Add(1, author, new("code", message.Error?.Code));
                break;
            case MessageState.Failed when settled:
                Failed.Add(1, author, new("category", message.Error?.Category));
                break;
            case >= MessageState.Accepted and <= MessageState.Played when settled && message.Direction == MessageDirection.Out:
                Accepted.Add(1, author);
                break;
        }
    }

    /// <summary>The enum's names as words, made once: naming an enum's value allocates.</summary>
    private static class AuthorWords
    {
        private static readonly string[] Words = [.. Enum.GetNames<AuthorKind>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])];

        public static string Of(AuthorKind author) => Words[(int)author];
    }
}
