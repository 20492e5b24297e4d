using FlowEngine.Engine.Connections;
using FlowEngine.Engine.ConversationActivities;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Triggers;

namespace FlowEngine.Engine.Flows;

/// <summary>
/// Which flow starts on this? The one asked for by name, then the connection's flow, then keyword, then first message, then any; ties by
/// definition id (decision 19). At most one starts, however many would match (race R13).
/// </summary>
/// <param name="TriggerActivityId">The trigger that starts it; null starts at the root.</param>
public readonly record struct FlowChoice(WorkflowGraph Graph, string? TriggerActivityId)
{
    /// <param name="asked">A definition that was asked for by name; outranks all others.</param>
    public static FlowChoice? Pick(IReadOnlyDictionary<string, WorkflowGraph> published, Connection? connection, StartOccasion occasion, string? asked = null)
    {
        if (asked is not null)
        {
            return published.TryGetValue(asked, out var named) ? new FlowChoice(named, BestTrigger(named, occasion)?.Trigger.ActivityId) : null;
        }

        if (connection?.Flow is { } own && published.TryGetValue(own, out var ours))
        {
            // A flow with triggers starts only by one that fits; one without starts at its root, by a message.
            var fitting = BestTrigger(ours, occasion);
            return fitting is null && (ours.Triggers.Count > 0 || !occasion.IsMessage) ? null : new FlowChoice(ours, fitting?.Trigger.ActivityId);
        }

        (FlowChoice Choice, StartFit Fit)? best = null;
        foreach (var graph in published.Values)
        {
            if (BestTrigger(graph, occasion) is { } found && (best is not { } known || found.Fit < known.Fit))
            {
                best = (new FlowChoice(graph, found.Trigger.ActivityId), found.Fit);
            }
        }

        return best?.Choice;
    }

    private static (Trigger Trigger, StartFit Fit)? BestTrigger(WorkflowGraph graph, StartOccasion occasion)
    {
        (Trigger, StartFit)? best = null;
        foreach (var trigger in graph.Triggers)
        {
            if (StartRules.Fit(trigger, occasion) is { } fit && (best is not { } known || fit < known.Item2))
            {
                best = (trigger, fit);
            }
        }

        return best;
    }
}
