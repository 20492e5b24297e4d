using System.Text.Json;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Workflows.Flow;

/// <summary>Connections in the current and the old flat form (workflow-format, section 4).</summary>
internal static class ConnectionReader
{
    public static List<Connection> Read(NodeScope scope, ActivityNode[] activities)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        // An id used twice is told elsewhere.
        foreach (var activity in activities) places.TryAdd(activity.Id, activity.Ordinal);
        var read = new List<Connection>();
        var index = 0;
        foreach (var json in Json.Items(Json.Property(scope.Node.Json, "connections")))
        {
            var at = scope.At("connections", index++);
            if (ReadOne(json, places, at) is { } connection && !read.Contains(connection)) read.Add(connection);
        }

        return read;
    }

    private static Connection? ReadOne(JsonElement json, Dictionary<string, int> places, NodeScope at)
    {
        var source = Json.Property(json, "source");
        var target = Json.Property(json, "target");
        if (source is { ValueKind: JsonValueKind.String } flatSource && target is { ValueKind: JsonValueKind.String } flatTarget)
        {
            return Flat(json, flatSource.GetString()!, flatTarget.GetString()!, places, at);
        }

        if (source is not { ValueKind: JsonValueKind.Object } from || target is not { ValueKind: JsonValueKind.Object } to)
        {
            at.Error("noEnds");
            return null;
        }

        var port = Json.Text(from, "port");
        if (Place(from, places) is { } start && Place(to, places) is { } end) return new Connection(start, end, port);
        // As Elsa: a connection to a removed activity is dropped.
        at.Warn("connectionDropped");
        return null;
    }

    private static Connection? Flat(JsonElement json, string source, string target, Dictionary<string, int> places, NodeScope at)
    {
        if (!places.ContainsKey(source)) at.At("source").Error("unknownSource", source);
        if (!places.ContainsKey(target)) at.At("target").Error("unknownTarget", target);
        return places.TryGetValue(source, out var start) && places.TryGetValue(target, out var end)
            ? new Connection(start, end, Json.Text(json, "sourcePort"))
            : null;
    }

    private static int? Place(JsonElement end, Dictionary<string, int> places) =>
        (Json.Text(end, "activity") ?? Json.Text(end, "activityId")) is { } id && places.TryGetValue(id, out var place) ? place : null;
}
