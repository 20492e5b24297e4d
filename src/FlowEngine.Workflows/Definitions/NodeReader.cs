using System.Text.Json;
using FlowEngine.Workflows.Activities.Composition;
using FlowEngine.Workflows.Activities;
using FlowEngine.Workflows.Expressions;
using FlowEngine.Workflows.Flow;

namespace FlowEngine.Workflows.Definitions;

/// <summary>One activity of the file, with all that it holds, to a node.</summary>
internal static class NodeReader
{
    public static ActivityNode? Read(JsonElement json, DefinitionBuilder builder, ActivityNode parent, string path, string port, int ordinal)
    {
        if (json.ValueKind != JsonValueKind.Object || Json.Text(json, "type") is not { Length: > 0 } type)
        {
            builder.Errors.Add(new DefinitionError(path, "noType"));
            return null;
        }

        if (Healed(json, type) is { } original) return Read(original, builder, parent, path, port, ordinal);
        var node = Create(json, builder, parent, path, type, ordinal);
        var scope = new NodeScope(builder, node, path);
        if (!builder.Nodes.TryAdd(node.Key, node)) builder.Errors.Add(new DefinitionError($"{path}.id", "idTwice", node.Id));
        if (node.Activity is NotFoundActivity && type != node.Shape.Descriptor.TypeName) Unknown(type, scope);
        ReadInputs(scope);
        ReadOutputs(scope);
        ReadChildren(scope);
        if (node.Activity is WorkflowDefinitionActivity) CompositeReader.ReadRoot(scope);
        if (node.Activity is ICompiledActivity compiled) node.Compiled = compiled.Compile(scope);
        return node;
    }

    private static void Unknown(string type, NodeScope scope)
    {
        scope.Warn("unknownType", type);
        if (type == "Elsa.RunCSharp") scope.Unfit("csharpActivity");
        if (type == "Elsa.RunPython") scope.Unfit("pythonActivity");
    }

    /// <summary>A placeholder that Elsa kept for a type it did not know holds the original, which may be known here.</summary>
    private static JsonElement? Healed(JsonElement json, string type)
    {
        if (type != "Elsa.NotFoundActivity" || Json.Text(json, "originalActivityJson") is not { } text) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var original = document.RootElement.Clone();
            return Json.Text(original, "type") is null or "Elsa.NotFoundActivity" ? null : original;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ActivityNode Create(JsonElement json, DefinitionBuilder builder, ActivityNode parent, string path, string type, int ordinal)
    {
        var id = Json.Text(json, "id") is { Length: > 0 } given ? given : builder.NewId(type);
        var bag = Json.Property(json, "customProperties") ?? default;
        var shape = builder.ShapeOf(type);
        if (shape.Activity is NotFoundActivity) shape = CompositeReader.Find(json, type, builder) ?? shape;
        var held = shape.Activity is WorkflowDefinitionActivity composite ? composite.Definition : json;
        return new ActivityNode
        {
            Id = id,
            NodeId = parent.Activity is WorkflowDefinitionActivity ? $"{parent.NodeId}:Workflow1:{id}" : $"{parent.NodeId}:{id}",
            Name = Json.Text(json, "name") is { Length: > 0 } name ? name : null,
            TypeName = type,
            Shape = shape,
            Parent = parent,
            Ordinal = ordinal,
            Depth = parent.Depth + 1,
            Json = json,
            // Old files put the flag on the activity itself.
            CanStart = Json.Flag(bag, "canStartWorkflow") || Json.Flag(json, "canStartWorkflow"),
            MergeMode = Enum.TryParse<MergeMode>(Json.Text(bag, "mergeMode"), ignoreCase: true, out var merge) ? merge : MergeMode.Stream,
            Variables = VariableReader.Read(Json.Property(held, "variables")),
        };
    }

    private static void ReadInputs(NodeScope scope)
    {
        var shape = scope.Node.Shape;
        var inputs = new Expression?[shape.Inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var name = shape.Inputs[i].JsonName;
            var json = Json.Property(scope.Node.Json, name);
            inputs[i] = ExpressionReader.ReadInput(json, shape.Kinds[i], scope.At(name));
        }

        scope.Node.Inputs = inputs;
        if (!inputs.All(i => i is null or Constant { IsValid: true })) return;
        var values = new object?[inputs.Length];
        for (var i = 0; i < values.Length; i++) values[i] = inputs[i]?.Evaluate(null!) ?? shape.Defaults[i];
        scope.Node.ConstantInputs = values;
    }

    private static void ReadOutputs(NodeScope scope)
    {
        var shape = scope.Node.Shape;
        scope.Node.Outputs = [.. shape.Outputs.Select(o => ReadOutput(Json.Property(scope.Node.Json, o.JsonName), scope))];
    }

    private static OutputTarget? ReadOutput(JsonElement? output, NodeScope scope)
    {
        if (output is not { ValueKind: JsonValueKind.Object } found) return null;
        if (Json.Property(found, "memoryReference") is not { } reference || Json.Text(reference, "id") is not { } id) return null;
        if (scope.FindVariable(id) is { } slot) return new OutputTarget(slot, null);
        return scope.Builder.HasWorkflowOutput(scope.Node, id) ? new OutputTarget(null, id) : null;
    }

    private static void ReadChildren(NodeScope scope)
    {
        foreach (var port in scope.Node.Shape.Descriptor.ChildPorts)
        {
            var json = Json.Property(scope.Node.Json, port);
            if (Json.IsEmpty(json)) continue;
            var children = new List<ActivityNode>();
            var index = 0;
            var isSingle = json!.Value.ValueKind == JsonValueKind.Object && Json.Property(json.Value, "type") is not null;
            foreach (var item in isSingle ? [json.Value] : Json.Items(json))
            {
                var at = isSingle ? scope.At(port) : scope.At(port, index);
                if (at.Child(item, port, children.Count) is { } child) children.Add(child);
                index++;
            }

            scope.Node.Ports[port] = [.. children];
        }
    }
}
