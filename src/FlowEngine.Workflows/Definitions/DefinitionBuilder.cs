using System.Text.Json;
using FlowEngine.Workflows.Activities.Composition;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Expressions.CSharp;

namespace FlowEngine.Workflows.Definitions;

/// <summary>What is gathered while one definition is read: nodes, errors (all of them) and warnings.</summary>
internal sealed class DefinitionBuilder(ActivityCatalog catalog, FindWorkflow? workflows, IReadOnlySet<string> workflowOutputs)
{
    private static readonly ActivityShape NotFound = new(new NotFoundActivity());

    private readonly Dictionary<string, ActivityShape> shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement?> used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counters = new(StringComparer.Ordinal);

    /// <summary>Null where C# is not trusted.</summary>
    public CompileCSharp? CompileCSharp => catalog.CompileCSharp;

    public List<DefinitionError> Errors { get; } = [];

    public List<DefinitionError> Warnings { get; } = [];

    public List<DefinitionError> Unfit { get; } = [];

    /// <summary>By <see cref="ActivityNode.Key"/>.</summary>
    public Dictionary<string, ActivityNode> Nodes { get; } = new(StringComparer.Ordinal);

    public bool HasWorkflowOutput(ActivityNode node, string name) =>
        node.Composite is { } composite ? composite.Shape.OutputIndex(name) >= 0 : workflowOutputs.Contains(name);

    /// <summary>Ids in the file, so that a generated one never meets them.</summary>
    public HashSet<string> TakenIds { get; } = new(StringComparer.Ordinal);

    public ActivityShape ShapeOf(string typeName)
    {
        if (shapes.TryGetValue(typeName, out var known)) return known;
        return shapes[typeName] = catalog.Find(typeName) is { } activity ? new ActivityShape(activity) : NotFound;
    }

    /// <summary>A workflow that is used as an activity; the same reference means the same version throughout one definition.</summary>
    public JsonElement? FindWorkflow(WorkflowReference reference)
    {
        var key = reference.ToString();
        if (used.TryGetValue(key, out var known)) return known;
        return used[key] = workflows?.Invoke(reference) is { } json && DefinitionReader.TryParse(json, out var definition, out _) ? definition : null;
    }

    public ActivityShape ShapeOf(JsonElement workflow, ActivityDescriptor descriptor)
    {
        var key = $"{descriptor.TypeName}:{Json.Text(workflow, "id")}";
        return shapes.TryGetValue(key, out var known) ? known : shapes[key] = new ActivityShape(new WorkflowDefinitionActivity(descriptor, workflow));
    }

    /// <summary>A missing id is the short type name and a counter, as in Elsa.</summary>
    public string NewId(string typeName)
    {
        var shortName = typeName[(typeName.LastIndexOf('.') + 1)..];
        string id;
        do
        {
            counters[shortName] = counters.GetValueOrDefault(shortName) + 1;
            id = $"{shortName}{counters[shortName]}";
        }
        while (!TakenIds.Add(id));
        return id;
    }

    public void CollectIds(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) CollectIds(item);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("type", out _) && Json.Text(element, "id") is { } id) TakenIds.Add(id);
            foreach (var property in element.EnumerateObject()) CollectIds(property.Value);
        }
    }
}
