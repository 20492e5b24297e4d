using System.Diagnostics;
using FlowEngine.Engine.Mailbox;
using FlowEngine.Engine.Outbox;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// A turn as a span of the trace that caused it: of what the lead or a person did, else of the send whose outcome it takes in, else of whatever
/// was first. The other causes are links. What was stored with the events survives a restart and reaches another node.
/// </summary>
internal static class TurnTrace
{
    public static Activity? Start(TurnLoad load, IReadOnlyList<SendSettled> settled)
    {
        if (!Telemetry.Source.HasListeners())
        {
            return null;
        }

        var asked = load.Events.Where(e => e.Event is LeadMessage or LeadCreated or CommandEvent).Select(Of);
        var sends = settled.Select(s => s.Cause);
        var causes = asked.Concat(sends).Concat(load.Events.Select(Of)).Where(c => c != default).Distinct().ToList();
        var span = Telemetry.Start("turn", ActivityKind.Consumer, causes.FirstOrDefault(), causes.Skip(1).Select(c => new ActivityLink(c)));
        span?.SetTag("flowengine.conversation", load.Mailbox).SetTag("flowengine.events", load.Events.Count).SetTag("flowengine.settled", settled.Count);
        return span;
    }

    public static void End(Activity? span, Turn turn)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("flowengine.owner", turn.Conversation.Owner.Kind.ToString()).SetTag("flowengine.tab", turn.Conversation.Tab.ToString()).SetTag("flowengine.epoch", turn.Conversation.Epoch);
        if (turn.Released is { } message)
        {
            span.SetTag("flowengine.released", message.Id);
        }
    }

    private static ActivityContext Of(PendingEvent pending) => Telemetry.Read(pending.Event.Trace);
}
