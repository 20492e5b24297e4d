using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>
/// A flowchart's connections in the one form that the Studio draws: old files have flat ones, or an object around the list. One end of which is not
/// there would leave the canvas empty; such a connection is put aside where Elsa keeps those of missing activities.
/// </summary>
internal static class DrawnConnections
{
    private const string Aside = "notFoundConnections";

    public static void Complete(JsonObject flowchart)
    {
        var ids = (flowchart["activities"] as JsonArray ?? []).OfType<JsonObject>().Select(a => ActivityTree.Text(a, "id")).ToHashSet(StringComparer.Ordinal);
        var (drawn, aside) = (new JsonArray(), new JsonArray());
        foreach (var connection in Items(flowchart["connections"]))
        {
            var (source, port) = End(connection, "source", "sourcePort");
            var (target, entry) = End(connection, "target", "targetPort");
            if (!ids.Contains(source) || !ids.Contains(target))
            {
                aside.Add((JsonNode)connection.DeepClone());
                continue;
            }

            var complete = (JsonObject)connection.DeepClone();
            complete.Remove("sourcePort");
            complete.Remove("targetPort");
            complete["source"] = new JsonObject { ["activity"] = source, ["port"] = port ?? "Done" };
            complete["target"] = new JsonObject { ["activity"] = target, ["port"] = entry ?? "In" };
            drawn.Add((JsonNode)complete);
        }

        flowchart["connections"] = drawn;
        if (aside.Count > 0 && flowchart["customProperties"] is JsonObject bag)
        {
            bag[Aside] = aside;
        }
    }

    private static IEnumerable<JsonObject> Items(JsonNode? connections) => connections switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject wrapped when (wrapped["$values"] ?? wrapped["items"] ?? wrapped["values"]) is JsonArray inner => inner.OfType<JsonObject>(),
        JsonObject single => [single],
        _ => [],
    };

    private static (string? Activity, string? Port) End(JsonObject connection, string name, string flatPort) => connection[name] is JsonObject end
        ? (ActivityTree.Text(end, "activity"), ActivityTree.Text(end, "port"))
        : (ActivityTree.Text(connection, name), ActivityTree.Text(connection, flatPort));
}
