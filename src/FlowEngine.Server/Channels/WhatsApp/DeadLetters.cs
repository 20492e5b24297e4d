using System.Diagnostics.Metrics;

namespace FlowEngine.Server.Channels.WhatsApp;

/// <summary>
/// What arrived signed and could not become an event: unknown fields, foreign numbers, items without a sender. It is answered 200, because
/// a redelivery would not help. Counted and logged by reason, without a word of its content.
/// </summary>
public sealed class DeadLetters : IDisposable
{
    private readonly ILogger<DeadLetters> log;
    private readonly Meter meter;
    private readonly Counter<long> counter;

    public DeadLetters(ILogger<DeadLetters> log, IMeterFactory meters)
    {
        this.log = log;
        meter = meters.Create("FlowEngine.WhatsApp");
        counter = meter.CreateCounter<long>("flowengine.whatsapp.dead_letters", "{item}", "Webhook items that were set aside, by reason.");
    }

    /// <param name="reason">A word of ours: object, field, unrouted, nobody, status, errors, unreadable, json.</param>
    /// <param name="what">The field or kind as the provider names it; never content.</param>
    public void Add(string connection, string reason, string? what = null)
    {
        counter.Add(1, new KeyValuePair<string, object?>("reason", reason));
        log.LogInformation("Set aside an item of connection {Connection}: {Reason} {What}", connection, reason, Shorten(what));
    }

    public void Dispose() => meter.Dispose();

    private static string? Shorten(string? what) => what is { Length: > 40 } ? what[..40] : what;
}
