using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowEngine.Tests.ConversationActivities;

/// <summary>
/// A flow of one conversation activity: the lead writes, the step runs, and each of its outcomes that is connected ends at a line that
/// names it.
/// </summary>
internal static class OneStep
{
    /// <param name="inputs">Input name as in JSON, and its literal value.</param>
    public static Chat Of(string type, object? inputs = null, DateTimeOffset? now = null, params string[] connected)
    {
        var step = Activity("step", type, start: false);
        foreach (var (name, value) in JsonSerializer.SerializeToNode(inputs ?? new { })!.AsObject())
        {
            step[name] = Literal(value);
        }

        var activities = new JsonArray(Activity("start", "FlowEngine.MessageReceived", start: true), step);
        var connections = new JsonArray(Connection("start", "Done", "step"));
        foreach (var outcome in connected)
        {
            var end = Activity("to" + outcome, "Elsa.WriteLine", start: false);
            end["text"] = Literal(outcome);
            activities.Add(end);
            connections.Add(Connection("step", outcome, "to" + outcome));
        }

        return new Chat(Definition(activities, connections), now);
    }

    private static string Definition(JsonArray activities, JsonArray connections) => new JsonObject
    {
        ["id"] = "one-step-v1",
        ["definitionId"] = "one-step",
        ["version"] = 1,
        ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["activities"] = activities, ["connections"] = connections },
    }.ToJsonString();

    private static JsonObject Activity(string id, string type, bool start) => new()
    {
        ["id"] = id,
        ["type"] = type,
        ["customProperties"] = new JsonObject { ["canStartWorkflow"] = start },
    };

    private static JsonObject Literal(JsonNode? value) => new()
    {
        ["typeName"] = "Object",
        ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value?.DeepClone() },
    };

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };
}
