using FlowEngine.Workflows.Activities.Composition;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Interpreter;

internal sealed partial class Execution
{
    private object?[] inputs = [];
    private Dictionary<string, object?>? outputs;

    /// <summary>The evaluated inputs, for the journal.</summary>
    public IReadOnlyDictionary<string, object?>? InputValues => inputs.Length == 0 ? null : new NamedValues(node.Shape.Inputs, inputs);

    public IReadOnlyDictionary<string, object?>? OutputValues => outputs;

    /// <summary>What the journal keeps of the inputs (log persistence).</summary>
    public IReadOnlyDictionary<string, object?>? JournalledInputs =>
        InputValues is { } all && node.JournalledInputs is { } kept ? Kept(all, node.Shape.Inputs.Where((_, i) => kept[i]).Select(i => i.Name)) : InputValues;

    public IReadOnlyDictionary<string, object?>? JournalledOutputs =>
        outputs is not null && node.JournalledOutputs is { } kept ? Kept(outputs, node.Shape.Outputs.Where((_, i) => kept[i]).Select(o => o.Name)) : outputs;

    public override T? Input<T>(string name)
        where T : default
    {
        var index = node.Shape.InputIndex(name);
        if (index < 0) throw new ArgumentException($"{node.TypeName} declares no input '{name}'.", nameof(name));
        return index < inputs.Length ? ClrValue.To<T>(inputs[index]) : ClrValue.To<T>(node.Shape.Defaults[index]);
    }

    /// <summary>Evaluates all inputs; the first that fails is a fault naming it.</summary>
    public void EvaluateInputs()
    {
        if (node.ConstantInputs is { } constants)
        {
            inputs = constants;
            return;
        }

        var values = new object?[node.Inputs.Length];
        inputs = values;
        for (var i = 0; i < values.Length; i++) values[i] = node.Shape.Inputs[i].IsLazy ? null : Evaluate(i);
    }

    /// <summary>Evaluates one input again: a loop's condition.</summary>
    public T? Reevaluate<T>(string name)
    {
        var index = node.Shape.InputIndex(name);
        return ClrValue.To<T>(Evaluate(index));
    }

    /// <summary>For an execution read back from storage: constants need no run.</summary>
    public void RestoreInputs() => inputs = node.ConstantInputs ?? inputs;

    public override void SetOutput(string name, object? value)
    {
        var index = node.Shape.OutputIndex(name);
        if (index < 0) throw new ArgumentException($"{node.TypeName} declares no output '{name}'.", nameof(name));
        var plain = PlainValue.From(value);
        (outputs ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = plain;
        Burst.Outputs.Record(this, name, plain);
        if (node.Outputs[index] is not { } target) return;
        if (target.Variable is { } slot) Write(slot, plain);
        else SetWorkflowOutput(target.WorkflowOutput!, plain);
    }

    /// <summary>An output of the workflow that this activity is part of: the run's, or that of the one used as an activity.</summary>
    public void SetWorkflowOutput(string name, object? value)
    {
        if (Composite is not { } composite) Instance.SetOutput(name, value, Burst.Graph);
        else if (composite.Node.Shape.OutputIndex(name) >= 0) composite.SetOutput(name, value);
    }

    /// <summary>An input of the nearest enclosing workflow that has it.</summary>
    public bool TryGetWorkflowInput(string name, out object? value)
    {
        for (var at = Composite; at is not null; at = at.Composite)
        {
            if (WorkflowDefinitionActivity.TryGetInput(at, name, out value)) return true;
        }

        return Instance.Input.TryGetValue(name, out value);
    }

    public object? WorkflowInput(string name) => TryGetWorkflowInput(name, out var value) ? value : null;

    private static Dictionary<string, object?> Kept(IReadOnlyDictionary<string, object?> all, IEnumerable<string> names) =>
        names.Where(all.ContainsKey).ToDictionary(n => n, n => all[n], StringComparer.Ordinal);

    private object? Evaluate(int index)
    {
        if (node.Inputs[index] is not { } expression) return node.Shape.Defaults[index];
        // Whatever an expression throws, a defect of a library included, is an incident of this activity and not of the host.
        try
        {
            return expression.Evaluate(this) ?? node.Shape.Defaults[index];
        }
        catch (Exception cause)
        {
            throw new InputFailure(node.Shape.Inputs[index].Name, cause);
        }
    }
}
