using System.Globalization;
using System.Text.Json;
using FlowEngine.Workflows.Activities.Composition;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Definitions;

/// <summary>Elsa 3 definition JSON to a compiled graph.</summary>
public static class DefinitionReader
{
    private const int MaxJsonDepth = 512;

    private static readonly ActivityShape WorkflowShape = new(new WorkflowActivity());

    /// <summary>
    /// Compiles a definition. What is wrong is told all at once, each with its JSON path; a file with an error gives no graph.
    /// </summary>
    /// <param name="workflows">Finds other workflows that this one uses as activities; without it their types are unknown.</param>
    public static DefinitionReading Read(ReadOnlyMemory<byte> utf8Json, ActivityCatalog catalog, FindWorkflow? workflows = null)
    {
        if (!TryParse(utf8Json, out var definition, out var problem)) return Refused(problem!);
        return definition.ValueKind == JsonValueKind.Object ? Compile(definition, catalog, workflows) : Refused(new DefinitionError("$", "notObject"));
    }

    internal static bool TryParse(ReadOnlyMemory<byte> utf8Json, out JsonElement definition, out DefinitionError? problem)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(utf8Json), new JsonDocumentOptions { MaxDepth = MaxJsonDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            definition = document.RootElement.Clone();
            problem = null;
            return true;
        }
        catch (JsonException error)
        {
            definition = default;
            problem = new DefinitionError("$", "notJson", $"{error.LineNumber + 1}", error.Message);
            return false;
        }
    }

    private static DefinitionReading Compile(JsonElement definition, ActivityCatalog catalog, FindWorkflow? workflows)
    {
        var outputs = Kinds(definition, "outputs");
        var builder = new DefinitionBuilder(catalog, workflows, outputs.Keys.ToHashSet(StringComparer.Ordinal));
        var id = Json.Text(definition, "definitionId");
        if (string.IsNullOrWhiteSpace(id)) builder.Errors.Add(new DefinitionError("$.definitionId", "noDefinitionId"));
        var workflow = WorkflowNode(definition);
        builder.Nodes.Add(workflow.Key, workflow);
        if (Json.Property(definition, "root") is { ValueKind: JsonValueKind.Object } root)
        {
            builder.CollectIds(root);
            workflow.Ports["root"] = NodeReader.Read(root, builder, workflow, "$.root", "root", 0) is { } node ? [node] : [];
        }
        else
        {
            builder.Errors.Add(new DefinitionError("$.root", "noRoot"));
        }

        foreach (var node in builder.Nodes.Values)
        {
            node.JournalledInputs = LogPersistence.Inputs(node, definition);
            node.JournalledOutputs = LogPersistence.Outputs(node, definition);
        }

        if (builder.Errors.Count > 0) return new DefinitionReading(null, builder.Errors);
        return new DefinitionReading(Graph(definition, id!, workflow, builder, outputs), []);
    }

    private static WorkflowGraph Graph(JsonElement definition, string id, ActivityNode workflow, DefinitionBuilder builder, Dictionary<string, ValueKind> outputs)
    {
        var version = Json.Number(definition, "version", 1);
        var options = Json.Property(definition, "options") ?? default;
        var bag = Bag(definition);
        var graph = new WorkflowGraph
        {
            DefinitionId = id,
            VersionId = Json.Text(definition, "id") ?? $"{id}:{version}",
            Version = version,
            Name = Json.Text(definition, "name")?.Trim(),
            CustomProperties = bag,
            FlowchartMode = FlowchartModes.Of(bag),
            Activation = ActivationStrategies.Of(Json.Text(options, "activationStrategyType")),
            Warnings = builder.Warnings,
            PublishErrors = builder.Unfit,
            UsedWorkflows = [.. builder.Nodes.Values.Select(n => n.Activity).OfType<WorkflowDefinitionActivity>().Select(w => w.VersionId).OfType<string>().Distinct()],
            Root = workflow,
            Nodes = builder.Nodes,
            Inputs = Kinds(definition, "inputs"),
            Outputs = outputs,
            ContinuesWithIncidents = Json.Text(options, "incidentStrategyType")?.Contains("ContinueWithIncidents", StringComparison.Ordinal) == true,
            HasTransientVariables = builder.Nodes.Values.Any(n => n.Variables.Any(v => !v.IsPersistent)),
        };
        var made = DateTimeOffset.TryParse(Json.Text(definition, "createdAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.UnixEpoch;
        var triggers = new TriggerReader(graph, builder, made);
        (graph.Triggers, graph.Endpoints) = (triggers.Read(), triggers.Endpoints());
        return graph;
    }

    private static ActivityNode WorkflowNode(JsonElement definition) => new()
    {
        Id = "Workflow1",
        NodeId = "Workflow1",
        Name = null,
        TypeName = "Elsa.Workflow",
        Shape = WorkflowShape,
        Parent = null,
        Ordinal = 0,
        Depth = 0,
        Json = definition,
        Variables = VariableReader.Read(Json.Property(definition, "variables")),
        ConstantInputs = [],
    };

    private static Dictionary<string, ValueKind> Kinds(JsonElement definition, string property)
    {
        var kinds = new Dictionary<string, ValueKind>(StringComparer.Ordinal);
        foreach (var item in Json.Items(Json.Property(definition, property)))
        {
            if (Json.Text(item, "name") is { } name) kinds[name] = ValueKinds.Of(Json.Text(item, "type") ?? Json.Text(item, "typeName"), Json.Flag(item, "isArray"));
        }

        return kinds;
    }

    private static Dictionary<string, JsonElement> Bag(JsonElement definition)
    {
        var bag = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (Json.Property(definition, "customProperties") is not { ValueKind: JsonValueKind.Object } properties) return bag;
        foreach (var property in properties.EnumerateObject()) bag[property.Name] = property.Value;
        return bag;
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static DefinitionReading Refused(DefinitionError problem) => new(null, [problem]);
}
