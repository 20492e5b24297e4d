using System.Collections.Concurrent;

namespace FlowEngine.WaSim.Graph;

/// <summary>The provider's rates: of the number, and of the number with one person (cloud-api.md section 8).</summary>
internal sealed class SendLimits(WaSimOptions options, TimeProvider clock)
{
    private const int PairBurst = 45;
    private const double PairPerSecond = 1 / 6.0;

    private readonly Bucket number = new(options.MessagesPerSecond, options.MessagesPerSecond, clock);
    private readonly ConcurrentDictionary<string, Bucket> pairs = new(StringComparer.Ordinal);

    public GraphRefusal? Check(string person)
    {
        if (!number.Take())
            return GraphRefusal.Of(130429, "Cloud API message throughput has been reached.");

        return pairs.GetOrAdd(person, _ => new Bucket(PairBurst, PairPerSecond, clock)).Take()
            ? null
            : GraphRefusal.Of(131056, "Too many messages sent from this phone number to the same phone number in a short period of time.");
    }
}
