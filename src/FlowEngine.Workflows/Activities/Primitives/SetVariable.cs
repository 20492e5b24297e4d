using System.Text.Json;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Primitives;

internal sealed class SetVariable : Activity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.SetVariable",
        Category = "Primitives",
        DisplayName = "Set Variable",
        Description = "Puts a value into a variable.",
        Inputs =
        [
            new("Variable", "Variable", "Variable", "Which variable.", "variable-picker", IsWrapped: false),
            new("Value", "Object", "Value", "The new value."),
        ],
    };

    public object? Compile(NodeScope scope)
    {
        var id = IdOf(scope.Node.Json);
        var slot = id is null ? null : scope.FindVariable(id);
        if (slot is null) scope.At("variable").Warn("noVariable", id ?? "");
        return slot;
    }

    public override ActivityResult Execute(ActivityContext context)
    {
        var execution = (Execution)context;
        if (execution.Node.Compiled is not VariableSlot slot) return ActivityResult.Fault("VariableNotFound", $"Variable '{IdOf(execution.Node.Json)}' not found.");
        execution.Write(slot, context.Input<object>("Value"));
        return ActivityResult.Done;
    }

    private static string? IdOf(JsonElement activity) => Json.Property(activity, "variable") is { } variable ? Json.Text(variable, "id") : null;
}
