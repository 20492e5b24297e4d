using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Instances;

/// <summary>
/// By what a stimulus finds its bookmarks: SHA-256 in upper-case hex over the bookmark's name and the JSON of its payload
/// (execution-semantics, section 4: nulls left out, joined by a bar).
/// </summary>
public static class BookmarkHash
{
    public static string Of(string name, JsonNode? payload)
    {
        // A task is found by its id alone; its name is only told.
        if (name == "Elsa.RunTask" && payload is JsonObject task)
        {
            payload = new JsonObject { ["TaskId"] = task["TaskId"]?.DeepClone() };
        }

        var text = payload is null ? name : $"{name}|{payload.ToJsonString()}";
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The hash of what would resume a bookmark of that name and payload (maps and plain values).</summary>
    public static string Of(string name, object? payload) => Of(name, Payload(payload));

    internal static JsonNode? Payload(object? payload)
    {
        if (payload is null) return null;
        if (payload is JsonNode node) return node;
        var plain = PlainValue.From(payload);
        if (plain is Dictionary<string, object?> map)
        {
            foreach (var key in map.Where(p => p.Value is null).Select(p => p.Key).ToArray()) map.Remove(key);
        }

        return JsonNode.Parse(JsonText.Of(plain));
    }
}
