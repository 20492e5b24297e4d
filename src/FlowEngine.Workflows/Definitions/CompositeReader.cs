using System.Text.Json;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Activities.Composition;

namespace FlowEngine.Workflows.Definitions;

/// <summary>
/// A node whose type is another workflow: that workflow's root becomes its child, in the same run. Its inputs, outputs and outcomes are
/// the definition's.
/// </summary>
internal static class CompositeReader
{
    // Names that an activity's own members have; an input or output of the same name gets a leading underscore (workflow-format, section 4).
    private static readonly HashSet<string> OwnMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "root", "variables", "workflowDefinitionId",
        "workflowDefinitionVersionId", "latestAvailablePublishedVersion", "latestAvailablePublishedVersionId",
    };

    /// <summary>The shape of the workflow that the node means; null when its type is no workflow that is known.</summary>
    public static ActivityShape? Find(JsonElement json, string type, DefinitionBuilder builder)
    {
        var version = Json.Number(json, "version", 0);
        var reference = new WorkflowReference(type, version > 0 ? version : null, Json.Text(json, "workflowDefinitionId"), Json.Text(json, "workflowDefinitionVersionId"));
        return builder.FindWorkflow(reference) is { } definition ? builder.ShapeOf(definition, Describe(definition)) : null;
    }

    public static void ReadRoot(NodeScope scope)
    {
        var composite = (WorkflowDefinitionActivity)scope.Node.Activity;
        if (Enclosing(scope.Node.Parent).Any(outer => outer.DefinitionId == composite.DefinitionId))
        {
            scope.Error("insideItself", scope.Node.TypeName);
            return;
        }

        if (Json.Property(composite.Definition, "root") is not { ValueKind: JsonValueKind.Object } root) return;
        scope.Node.Ports["root"] = scope.At("root").Child(root, "root", 0) is { } child ? [child] : [];
    }

    private static IEnumerable<WorkflowDefinitionActivity> Enclosing(ActivityNode? node)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            if (at.Activity is WorkflowDefinitionActivity composite) yield return composite;
        }
    }

    internal static ActivityDescriptor Describe(JsonElement definition)
    {
        var name = Json.Text(definition, "name")?.Trim() ?? Json.Text(definition, "definitionId") ?? "";
        var options = Json.Property(definition, "options") ?? default;
        var outcomes = Json.Items(Json.Property(definition, "outcomes")).Select(o => o.GetString() ?? "").Where(o => o.Length > 0).ToArray();
        return new ActivityDescriptor
        {
            TypeName = WorkflowReference.TypeNameOf(name),
            Version = Json.Number(definition, "version", 1),
            Category = Json.Text(options, "activityCategory") is { Length: > 0 } category ? category : "Workflows",
            DisplayName = name,
            Description = Json.Text(definition, "description") ?? "",
            Inputs = [.. Named(definition, "inputs").Select(InputOf)],
            Outputs = [.. Named(definition, "outputs").Select(o => new OutputDescriptor(Name(o), TypeOf(o), Json.Text(o, "displayName") ?? Name(o), Json.Text(o, "description") ?? "") { JsonName = JsonNameOf(Name(o)) })],
            Outcomes = outcomes.Length > 0 ? outcomes : [ActivityResult.DefaultOutcome],
        };
    }

    private static IEnumerable<JsonElement> Named(JsonElement definition, string list) =>
        Json.Items(Json.Property(definition, list)).Where(i => !string.IsNullOrEmpty(Json.Text(i, "name")));

    private static InputDescriptor InputOf(JsonElement input) => new(
        Name(input), TypeOf(input), Json.Text(input, "displayName") is { Length: > 0 } shown ? shown : Name(input), Json.Text(input, "description") ?? "",
        Json.Text(input, "uiHint") is { Length: > 0 } hint ? hint : "singleline")
    {
        JsonName = JsonNameOf(Name(input)),
    };

    private static string Name(JsonElement member) => Json.Text(member, "name")!;

    private static string TypeOf(JsonElement member)
    {
        var type = Json.Text(member, "type") ?? Json.Text(member, "typeName") ?? "Object";
        return Json.Flag(member, "isArray") ? $"ICollection<{type}>" : type;
    }

    private static string JsonNameOf(string name) => OwnMembers.Contains(name) ? "_" + name : char.ToLowerInvariant(name[0]) + name[1..];
}
