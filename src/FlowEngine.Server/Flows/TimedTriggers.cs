using FlowEngine.Engine.Flows;
using FlowEngine.Server.Persistence;
using FlowEngine.Server.Persistence.Rows;
using FlowEngine.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Flows;

/// <summary>The table of what starts flows by the clock. Who publishes or retracts a version rewrites it in the same transaction.</summary>
internal static class TimedTriggers
{
    /// <summary>Into the context; the caller saves. A trigger whose rule is the same keeps its next time: publishing does not set its clock back.</summary>
    public static async Task Write(FlowEngineContext context, WorkflowGraph graph, DateTimeOffset now, CancellationToken cancel)
    {
        var known = await context.TimedTriggers.Where(t => t.DefinitionId == graph.DefinitionId).ToDictionaryAsync(t => t.ActivityId, StringComparer.Ordinal, cancel);
        foreach (var trigger in graph.Triggers)
        {
            if (TimedRule.Of(trigger) is not { } rule)
            {
                continue;
            }

            if (!known.Remove(trigger.ActivityId, out var row))
            {
                row = new StoredTimedTrigger { DefinitionId = graph.DefinitionId, ActivityId = trigger.ActivityId, VersionId = graph.VersionId, Type = "", Rule = "" };
                context.TimedTriggers.Add(row);
            }

            if (row.Type != rule.Type || row.Rule != rule.Text)
            {
                (row.Type, row.Rule, row.NextAt) = (rule.Type, rule.Text, rule.First(now));
            }

            row.VersionId = graph.VersionId;
        }

        context.TimedTriggers.RemoveRange(known.Values);
    }

    /// <summary>Nothing starts by the clock any more.</summary>
    public static Task Remove(FlowEngineContext context, string definitionId, CancellationToken cancel) =>
        context.TimedTriggers.Where(t => t.DefinitionId == definitionId).ExecuteDeleteAsync(cancel);
}
