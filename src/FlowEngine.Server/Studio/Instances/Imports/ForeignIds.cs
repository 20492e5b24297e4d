using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FlowEngine.Engine;
using FlowEngine.Server.Studio.Wire;

namespace FlowEngine.Server.Studio.Instances.Imports;

/// <summary>Ids of runs and executions that were given elsewhere, as ids of our kind: an execution's begins with its run's.</summary>
internal static class ForeignIds
{
    /// <summary>Ours stay; another's becomes the one that is made of it and of the run's beginning.</summary>
    public static Guid OfRun(string foreign, DateTimeOffset createdAt) =>
        Guid.TryParse(foreign, out var ours) ? ours : Ids.RunOf(createdAt, BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(foreign))), 0);

    /// <summary>Everywhere in the file where an id stands.</summary>
    public static void Replace(RunFile run, string foreign)
    {
        var id = run.Id.ToString();
        var known = new Dictionary<string, string>(StringComparer.Ordinal) { [foreign] = id };
        var executions = run.Lines.Select(l => l.Text("activityInstanceId"))
            .Concat(run.State["activityExecutionContexts"]!.AsArray().OfType<JsonObject>().Concat(run.Records).Select(c => c.Text("id")));
        foreach (var execution in executions.OfType<string>())
        {
            known.TryAdd(execution, execution.StartsWith(id + ".", StringComparison.Ordinal) ? execution : string.Create(CultureInfo.InvariantCulture, $"{id}.{known.Count}"));
        }

        foreach (var part in run.Lines.Concat(run.Records).Append(run.State))
        {
            Replace(part, known);
        }
    }

    private static void Replace(JsonNode? node, Dictionary<string, string> known)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Replace(item, known);
            }
        }
        else if (node is JsonObject item)
        {
            foreach (var (name, value) in item.ToList())
            {
                if ((name == "id" || name.EndsWith("Id", StringComparison.Ordinal)) && item.Text(name) is { } text && known.TryGetValue(text, out var ours))
                {
                    item[name] = ours;
                }
                else
                {
                    Replace(value, known);
                }
            }
        }
    }
}
