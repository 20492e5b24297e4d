using System.Text.Json;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Instances;

internal static class InstanceWriter
{
    public static void Write(Utf8JsonWriter writer, WorkflowInstance instance)
    {
        writer.WriteStartObject();
        writer.WriteString("id", instance.Id);
        writer.WriteString("def", instance.DefinitionId);
        writer.WriteString("ver", instance.DefinitionVersionId);
        writer.WriteNumber("v", instance.Version);
        writer.WriteNumber("st", (int)instance.Status);
        writer.WriteNumber("ss", (int)instance.SubStatus);
        WriteText(writer, "cor", instance.CorrelationId);
        WriteText(writer, "nm", instance.Name);
        writer.WriteNumber("ec", instance.ExecutionCount);
        writer.WriteNumber("jc", instance.JournalCount);
        if (instance.ParentInstanceId is { } parent) writer.WriteString("pi", parent);
        if (instance.Depth > 0) writer.WriteNumber("dp", instance.Depth);
        WriteText(writer, "tr", instance.TriggerActivityId);
        if (instance.IsTriggerUsed) writer.WriteBoolean("tu", true);
        if (instance.FlowchartMode != FlowchartMode.Counter) writer.WriteNumber("fm", (int)instance.FlowchartMode);
        // What came with the trigger is kept as long as an execution may still read it.
        if (!instance.IsTriggerUsed || (instance.Root is { } live && HoldsTrigger(live))) WriteValue(writer, "ti", instance.TriggerInput);
        WriteMap(writer, "in", instance.Input);
        WriteMap(writer, "out", instance.Output);
        WriteList(writer, "bm", instance.Bookmarks, WriteBookmark);
        WriteList(writer, "inc", instance.Incidents, WriteIncident);
        if (instance.Root is { } root)
        {
            writer.WritePropertyName("root");
            WriteExecution(writer, root);
        }

        writer.WriteEndObject();
    }

    private static void WriteExecution(Utf8JsonWriter writer, Execution execution)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", execution.Number);
        writer.WriteString("a", execution.Node.Key);
        writer.WriteNumber("s", (int)execution.Status);
        WriteText(writer, "t", execution.Tag);
        if (execution.BookmarkCount > 0) writer.WriteNumber("b", execution.BookmarkCount);
        if (execution.TriggerMark) writer.WriteBoolean("tm", true);
        if (execution.IsBreaking) writer.WriteBoolean("br", true);
        WriteVariables(writer, execution);
        WriteMap(writer, "d", execution.DynamicVariables);
        WriteMap(writer, "x", execution.StoredState);
        if (execution.Flow is { } flow)
        {
            writer.WritePropertyName("f");
            FlowScopeText.Write(writer, flow);
        }

        if (execution.HasChildren) WriteList(writer, "c", execution.Children, WriteExecution);
        writer.WriteEndObject();
    }

    private static bool HoldsTrigger(Execution execution) =>
        execution.TriggerMark || (execution.HasChildren && execution.Children.Exists(HoldsTrigger));

    private static void WriteVariables(Utf8JsonWriter writer, Execution execution)
    {
        if (execution.Node.Variables.Length == 0) return;
        writer.WriteStartObject("v");
        foreach (var (definition, value) in execution.OwnVariables)
        {
            if (!definition.IsPersistent) continue;
            writer.WritePropertyName(definition.Id);
            JsonText.Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteBookmark(Utf8JsonWriter writer, Bookmark bookmark)
    {
        writer.WriteStartObject();
        writer.WriteString("i", bookmark.Id);
        writer.WriteString("n", bookmark.Name);
        writer.WriteString("h", bookmark.Hash);
        if (bookmark.Payload is { } payload)
        {
            writer.WritePropertyName("p");
            payload.WriteTo(writer);
        }

        writer.WriteString("a", bookmark.ActivityId);
        writer.WriteString("e", bookmark.ActivityInstanceId);
        writer.WriteString("at", bookmark.CreatedAt);
        if (bookmark.DueAt is { } due) writer.WriteString("due", due);
        WriteText(writer, "t", bookmark.Tag);
        if (!bookmark.AutoBurn) writer.WriteBoolean("keep", true);
        writer.WriteEndObject();
    }

    private static void WriteIncident(Utf8JsonWriter writer, Incident incident)
    {
        writer.WriteStartObject();
        writer.WriteString("a", incident.ActivityId);
        writer.WriteString("n", incident.NodeId);
        writer.WriteString("y", incident.ActivityType);
        writer.WriteString("e", incident.ActivityInstanceId);
        writer.WriteString("m", incident.Message);
        WriteText(writer, "x", incident.ExceptionType);
        WriteText(writer, "c", incident.Code);
        WriteText(writer, "g", incident.Category);
        WriteText(writer, "w", incident.Cause);
        writer.WriteString("at", incident.At);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        if (value is null) return;
        writer.WritePropertyName(name);
        JsonText.Write(writer, value);
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, object?>? map)
    {
        if (map is not { Count: > 0 }) return;
        writer.WritePropertyName(name);
        JsonText.Write(writer, map);
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, List<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0) return;
        writer.WriteStartArray(name);
        foreach (var item in items) write(writer, item);
        writer.WriteEndArray();
    }
}
