using System.Text.Json.Nodes;
using System.Text.Json;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Flow;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Instances;

internal sealed class InstanceReader(WorkflowGraph graph)
{
    private readonly Dictionary<string, Execution> executions = new(StringComparer.Ordinal);

    public WorkflowInstance Read(JsonElement json)
    {
        var instance = new WorkflowInstance
        {
            Id = json.GetProperty("id").GetGuid(),
            DefinitionId = json.GetProperty("def").GetString()!,
            DefinitionVersionId = json.GetProperty("ver").GetString()!,
            Version = json.GetProperty("v").GetInt32(),
            Status = (WorkflowStatus)json.GetProperty("st").GetInt32(),
            SubStatus = (WorkflowSubStatus)json.GetProperty("ss").GetInt32(),
            CorrelationId = Text(json, "cor"),
            Name = Text(json, "nm"),
            ExecutionCount = json.GetProperty("ec").GetInt32(),
            JournalCount = json.GetProperty("jc").GetInt64(),
            ParentInstanceId = json.TryGetProperty("pi", out var parent) ? parent.GetGuid() : null,
            Depth = json.TryGetProperty("dp", out var depth) ? depth.GetInt32() : 0,
            TriggerActivityId = Text(json, "tr"),
            IsTriggerUsed = json.TryGetProperty("tu", out _),
            FlowchartMode = json.TryGetProperty("fm", out var mode) ? (FlowchartMode)mode.GetInt32() : FlowchartMode.Counter,
            TriggerInput = json.TryGetProperty("ti", out var input) ? PlainValue.From(input) : null,
        };
        instance.Restore(Map(json, "in"), Map(json, "out"));
        if (json.TryGetProperty("root", out var root)) instance.Root = ReadExecution(root, instance, null);
        foreach (var bookmark in Items(json, "bm")) instance.Bookmarks.Add(ReadBookmark(bookmark));
        foreach (var incident in Items(json, "inc")) instance.Incidents.Add(ReadIncident(incident));
        return instance;
    }

    private Execution ReadExecution(JsonElement json, WorkflowInstance instance, Execution? parent)
    {
        var execution = new Execution(instance, NodeOf(json), parent, json.GetProperty("n").GetInt32())
        {
            Status = (ExecutionStatus)json.GetProperty("s").GetInt32(),
            Tag = Text(json, "t"),
            BookmarkCount = json.TryGetProperty("b", out var count) ? count.GetInt32() : 0,
            TriggerMark = json.TryGetProperty("tm", out _),
            IsBreaking = json.TryGetProperty("br", out _),
        };
        executions[execution.Id] = execution;
        foreach (var (id, value) in Map(json, "v")) execution.RestoreVariable(id, value);
        foreach (var (name, value) in Map(json, "d")) execution.SetDynamic(name, value);
        foreach (var (key, value) in Map(json, "x")) execution.RestoreState(key, value);
        if (json.TryGetProperty("f", out var flow)) execution.Flow = FlowScopeText.Read(flow, (FlowGraph)execution.Node.Compiled!);
        foreach (var child in Items(json, "c")) execution.Children.Add(ReadExecution(child, instance, execution));
        return execution;
    }

    private Bookmark ReadBookmark(JsonElement json)
    {
        var activityId = json.GetProperty("a").GetString()!;
        var execution = json.GetProperty("e").GetString()!;
        return new Bookmark(
            json.GetProperty("i").GetString()!,
            json.GetProperty("n").GetString()!,
            json.GetProperty("h").GetString()!,
            json.TryGetProperty("p", out var payload) ? JsonNode.Parse(payload.GetRawText()) : null,
            activityId,
            executions.TryGetValue(execution, out var waiting) ? waiting.NodeId : activityId,
            execution,
            json.GetProperty("at").GetDateTimeOffset(),
            json.TryGetProperty("due", out var due) ? due.GetDateTimeOffset() : null,
            Text(json, "t"),
            !json.TryGetProperty("keep", out _));
    }

    private static Incident ReadIncident(JsonElement json) => new(
        json.GetProperty("a").GetString()!,
        json.GetProperty("n").GetString()!,
        json.GetProperty("y").GetString()!,
        json.GetProperty("e").GetString()!,
        json.GetProperty("m").GetString()!,
        Text(json, "x"),
        Text(json, "c"),
        Text(json, "g"),
        json.GetProperty("at").GetDateTimeOffset())
    {
        Cause = Text(json, "w"),
    };

    private ActivityNode NodeOf(JsonElement json)
    {
        var id = json.GetProperty("a").GetString()!;
        return graph.Nodes.TryGetValue(id, out var node)
            ? node
            : throw new InvalidDataException($"The stored run is at activity '{id}', which version {graph.VersionId} does not have.");
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string name) => json.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    private static IEnumerable<KeyValuePair<string, object?>> Map(JsonElement json, string name) =>
        json.TryGetProperty(name, out var map) ? map.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, PlainValue.From(p.Value))) : [];

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
