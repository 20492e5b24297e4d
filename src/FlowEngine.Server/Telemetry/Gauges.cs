using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using FlowEngine.Conversations;

namespace FlowEngine.Server.Telemetry;

/// <summary>Instruments that show the newest look at the database; a scrape never reads it.</summary>
public sealed class Gauges : IDisposable
{
    private readonly Meter meter = new(FlowEngine.Engine.Telemetry.Name);
    private readonly TimeProvider clock;
    private Snapshot snapshot = Snapshot.None;
    private InvariantReport? invariants;

    public Gauges(TimeProvider clock)
    {
        this.clock = clock;
        Backlog("flowengine.mailbox.pending", "{event}", "Events that no turn has taken yet", s => s.Mailbox);
        Backlog("flowengine.sends.unknown", "{message}", "Messages of which nobody knows whether they left", s => s.Unknown);
        Backlog("flowengine.hooks.owed", "{call}", "Outgoing webhook calls that are owed", s => s.Hooks);
        Backlog("flowengine.tasks.open", "{task}", "Work outside of turns that a flow waits for, such as an answer of a model", s => s.Tasks);
        meter.CreateObservableGauge("flowengine.conversations", Tabs, "{conversation}", "Conversations by tab.");
        meter.CreateObservableGauge("flowengine.conversations.error", Errors, "{conversation}", "Conversations in Error by the category of what blocks them.");
        meter.CreateObservableGauge("flowengine.invariants.violated", Violated, "{case}", "Cases found by the newest check, by invariant. Must be 0.");
        meter.CreateObservableGauge("flowengine.double_replies", () => invariants?.DoubleReplies ?? 0, "{message}", "Messages of a bot that should not have left, or left twice. Must be 0.");
    }

    public void Show(Snapshot next) => Volatile.Write(ref snapshot, next);

    public void Show(InvariantReport next) => Volatile.Write(ref invariants, next);

    public void Dispose() => meter.Dispose();

    private void Backlog(string name, string unit, string what, Func<Snapshot, Backlog> of)
    {
        meter.CreateObservableGauge(name, () => of(snapshot).Count, unit, $"{what}.");
        meter.CreateObservableGauge($"{name}.oldest", () => of(snapshot).AgeAt(clock.GetUtcNow()), "s", $"{what}: age of the oldest.");
    }

    /// <summary>All six, also those with nobody in them, so that a graph has no gaps.</summary>
    private IEnumerable<Measurement<int>> Tabs() => Enum.GetValues<Tab>().Select(tab => new Measurement<int>(
        snapshot.Tabs.GetValueOrDefault(tab), new KeyValuePair<string, object?>("tab", Camel(tab.ToString()))));

    private IEnumerable<Measurement<int>> Errors() =>
        snapshot.Errors.Select(e => new Measurement<int>(e.Value, new KeyValuePair<string, object?>("category", e.Key)));

    private IEnumerable<Measurement<int>> Violated() =>
        (invariants?.Checks ?? []).Select(c => new Measurement<int>(c.Cases, new KeyValuePair<string, object?>("invariant", c.Invariant)));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
