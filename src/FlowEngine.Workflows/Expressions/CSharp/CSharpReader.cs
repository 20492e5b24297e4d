using System.Text.Json;
using FlowEngine.Workflows.Activities.Composition;
using FlowEngine.Workflows.Activities.Looping;
using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Workflows.Expressions.CSharp;

/// <summary>Code of a definition, compiled with what is declared around it.</summary>
internal static class CSharpReader
{
    /// <summary>The compiled code; what is wrong in it keeps the definition from being published. Null when nobody trusts C# here.</summary>
    public static CSharpScript? Compile(string text, NodeScope scope)
    {
        if (scope.Builder.CompileCSharp is not { } compile) return null;
        var script = compile(CodeOf(text, scope.Node));
        if (script.Problem is { } problem) scope.Unfit("csharpProblem", scope.Place, problem);
        return script;
    }

    public static CSharpCode CodeOf(string text, ActivityNode node)
    {
        var variables = new Dictionary<string, CSharpMember>(StringComparer.Ordinal);
        for (var at = node; at is not null; at = at.Parent)
        {
            foreach (var variable in Declared(at, "variables").Concat(MadeBy(at))) variables.TryAdd(PascalCase.Of(variable.Name), variable);
        }

        return new CSharpCode(text, [.. variables.Values], [.. Inputs(node).DistinctBy(i => i.Name)]);
    }

    /// <summary>Those of the nearest enclosing workflow first.</summary>
    private static IEnumerable<CSharpMember> Inputs(ActivityNode? node)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            if (at.Parent is null || at.Activity is WorkflowDefinitionActivity)
            {
                foreach (var input in Declared(at, "inputs")) yield return input;
            }
        }
    }

    private static IEnumerable<CSharpMember> Declared(ActivityNode node, string list) =>
        from element in Json.Items(Json.Property(node.Activity is WorkflowDefinitionActivity composite ? composite.Definition : node.Json, list))
        where element.ValueKind == JsonValueKind.Object
        let name = Json.Text(element, "name")
        where !string.IsNullOrEmpty(name)
        select new CSharpMember(name, Json.Text(element, "typeName") ?? Json.Text(element, "type"), Json.Flag(element, "isArray"));

    /// <summary>Loops give their bodies variables that are declared nowhere.</summary>
    private static CSharpMember[] MadeBy(ActivityNode node) => node.Activity switch
    {
        ForEach or ParallelForEach => [new CSharpMember("CurrentValue", null, false), new CSharpMember("CurrentIndex", "Int32", false)],
        For => [new CSharpMember("CurrentValue", "Int32", false)],
        _ => [],
    };
}
