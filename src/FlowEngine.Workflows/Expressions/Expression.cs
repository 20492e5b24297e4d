using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Expressions;

/// <summary>A compiled input: evaluated in the scope of an execution, converted by the caller.</summary>
internal abstract class Expression
{
    public abstract object? Evaluate(Execution scope);
}

/// <summary>A value known at compile time, already converted; <paramref name="failure"/> when that failed.</summary>
internal sealed class Constant(object? value, FormatException? failure = null) : Expression
{
    public bool IsValid => failure is null;

    public override object? Evaluate(Execution scope) => failure is null ? value : throw failure;
}

/// <summary>Converts what another expression answers to the input's kind.</summary>
internal sealed class Converted(Expression inner, Values.ValueKind kind) : Expression
{
    public override object? Evaluate(Execution scope) => Values.ValueConversion.Convert(inner.Evaluate(scope), kind);
}

/// <summary>Reads a variable by the id that the expression names, through the enclosing scopes.</summary>
internal sealed class VariableReading(Definitions.VariableSlot? slot, string? name) : Expression
{
    public override object? Evaluate(Execution scope)
    {
        if (slot is not null) return scope.Read(slot);
        return name is not null && scope.TryGetVariable(name, out var value) ? value : null;
    }
}

/// <summary>Reads an input of the workflow by name.</summary>
internal sealed class InputReading(string name) : Expression
{
    public override object? Evaluate(Execution scope) => scope.WorkflowInput(name);
}
