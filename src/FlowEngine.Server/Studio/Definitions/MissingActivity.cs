using System.Text.Json.Nodes;
using FlowEngine.Server.Flows;

namespace FlowEngine.Server.Studio.Definitions;

/// <summary>
/// An activity whose type this server does not have, for the Studio: Elsa's placeholder, which carries the original as text. What comes back is
/// the original again, at the place where the editor has put it.
/// </summary>
internal static class MissingActivity
{
    public const string TypeName = "Elsa.NotFoundActivity";

    private const string Original = "originalActivityJson";

    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { "id", "nodeId", "name", "customProperties", "metadata" };

    public static void Wrap(JsonObject activity)
    {
        var type = ActivityTree.Text(activity, "type");
        if (type == TypeName)
        {
            return;
        }

        var version = activity["version"]?.DeepClone();
        var original = activity.ToJsonString();
        foreach (var name in activity.Select(p => p.Key).Where(n => !Own.Contains(n)).ToList())
        {
            activity.Remove(name);
        }

        activity["type"] = TypeName;
        activity["version"] = 1;
        activity["missingTypeName"] = type;
        activity["missingTypeVersion"] = version ?? 1;
        activity[Original] = original;
    }

    /// <summary>Puts the originals back into what an editor sends.</summary>
    public static void Unwrap(JsonNode? root)
    {
        foreach (var (activity, _) in ActivityTree.Walk(root).Where(a => ActivityTree.Text(a.Activity, "type") == TypeName).ToList())
        {
            if (ActivityTree.Text(activity, Original) is not { } text || FlowDocument.Parse(System.Text.Encoding.UTF8.GetBytes(text), out _) is not { } original)
            {
                continue;
            }

            var kept = activity.Where(p => Own.Contains(p.Key)).Select(p => (p.Key, Value: p.Value?.DeepClone())).ToList();
            activity.Clear();
            foreach (var (name, value) in original.ToList())
            {
                activity[name] = value?.DeepClone();
            }

            foreach (var (name, value) in kept)
            {
                activity[name] = value;
            }
        }
    }
}
