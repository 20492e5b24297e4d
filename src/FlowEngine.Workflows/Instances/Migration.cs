using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Flow;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Instances;

/// <summary>
/// Puts a waiting run onto another version of its definition: executions are mapped by activity id, those of removed activities are
/// dropped with their bookmarks, flowcharts keep what they have counted (execution-semantics, section 10).
/// </summary>
public static class Migration
{
    /// <summary>The run on the new version, or why it cannot be: the place where it waits must be there.</summary>
    public static (WorkflowInstance? Migrated, string? Problem) Of(WorkflowInstance instance, WorkflowGraph target)
    {
        if (instance.DefinitionId != target.DefinitionId) return (null, "A run can only be put onto another version of its own workflow.");
        var migrated = new WorkflowInstance
        {
            Id = instance.Id,
            DefinitionId = target.DefinitionId,
            DefinitionVersionId = target.VersionId,
            Version = target.Version,
            Status = instance.Status,
            SubStatus = instance.SubStatus,
            CorrelationId = instance.CorrelationId,
            Name = instance.Name,
            ParentInstanceId = instance.ParentInstanceId,
            Depth = instance.Depth,
            ExecutionCount = instance.ExecutionCount,
            JournalCount = instance.JournalCount,
            TriggerActivityId = instance.TriggerActivityId,
            TriggerInput = instance.TriggerInput,
            IsTriggerUsed = instance.IsTriggerUsed,
            FlowchartMode = instance.FlowchartMode,
        };
        migrated.Restore(instance.Input, instance.Output);
        migrated.Incidents.AddRange(instance.Incidents);
        var executions = new HashSet<string>(StringComparer.Ordinal);
        migrated.Root = Copy(instance.Root!, migrated, null, target, executions);
        migrated.Bookmarks.AddRange(instance.Bookmarks.Where(b => executions.Contains(b.ActivityInstanceId)));
        return instance.Bookmarks.Count > 0 && migrated.Bookmarks.Count == 0
            ? (null, "The new version lacks every activity at which the run waits.")
            : (migrated, null);
    }

    private static Execution? Copy(Execution from, WorkflowInstance instance, Execution? parent, WorkflowGraph target, HashSet<string> copied)
    {
        if (!target.Nodes.TryGetValue(from.Node.Key, out var node) || node.TypeName != from.Node.TypeName) return null;
        var copy = new Execution(instance, node, parent, from.Number)
        {
            Status = from.Status,
            Tag = from.Tag,
            BookmarkCount = from.BookmarkCount,
            TriggerMark = from.TriggerMark,
            IsBreaking = from.IsBreaking,
            Flow = from.Flow is { } flow && node.Compiled is FlowGraph graph ? FlowMigration.Of(flow, graph) : null,
        };
        copied.Add(copy.Id);
        foreach (var (definition, value) in from.OwnVariables) copy.RestoreVariable(definition.Id, value);
        foreach (var (name, value) in from.DynamicVariables ?? new Dictionary<string, object?>()) copy.SetDynamic(name, value);
        foreach (var (key, value) in from.StoredState ?? new Dictionary<string, object?>()) copy.RestoreState(key, value);
        if (!from.HasChildren) return copy;
        foreach (var child in from.Children)
        {
            if (Copy(child, instance, copy, target, copied) is { } kept) copy.Children.Add(kept);
        }

        return copy;
    }
}
