using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Interpreter;

internal sealed partial class Execution
{
    private object?[]? variables;
    private Dictionary<string, object?>? dynamicVariables;

    /// <summary>Variables made by scripts and loops, which are declared nowhere.</summary>
    public IReadOnlyDictionary<string, object?>? DynamicVariables => dynamicVariables;

    /// <summary>Own variables with their values, in order of declaration.</summary>
    public IEnumerable<(VariableDefinition Definition, object? Value)> OwnVariables =>
        node.Variables.Select((definition, index) => (definition, variables is null ? definition.Default : variables[index]));

    public override object? GetVariable(string name) => TryGetVariable(name, out var value) ? value : null;

    /// <summary>By name, from here outwards; the nearest wins.</summary>
    public bool TryGetVariable(string name, out object? value)
    {
        for (var at = this; at is not null; at = at.Parent)
        {
            if (at.dynamicVariables is { } dynamics && dynamics.TryGetValue(name, out value)) return true;
            var index = at.IndexOf(name);
            if (index < 0) continue;
            value = at.Own(index);
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Writes the nearest variable of that name; when there is none, makes one in the nearest container.</summary>
    public override void SetVariable(string name, object? value)
    {
        for (var at = this; at is not null; at = at.Parent)
        {
            var index = at.IndexOf(name);
            if (at.dynamicVariables?.ContainsKey(name) == true)
            {
                at.dynamicVariables[name] = PlainValue.From(value);
                return;
            }

            if (index < 0) continue;
            at.Own(index, value);
            return;
        }

        (parent ?? this).SetDynamic(name, value);
    }

    public void SetDynamic(string name, object? value) =>
        (dynamicVariables ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = PlainValue.From(value);

    public object? Read(VariableSlot slot) => Holder(slot)?.Own(slot.Index) ?? null;

    public void Write(VariableSlot slot, object? value) => Holder(slot)?.Own(slot.Index, value);

    /// <summary>All names that can be read from here; nearer ones hide those further out.</summary>
    public IEnumerable<string> VisibleVariables()
    {
        for (var at = this; at is not null; at = at.Parent)
        {
            foreach (var name in at.dynamicVariables?.Keys ?? Enumerable.Empty<string>()) yield return name;
            foreach (var variable in at.Node.Variables) yield return variable.Name;
        }
    }

    /// <summary>After a wait: what no driver kept has its default again.</summary>
    public void ForgetTransientVariables()
    {
        for (var i = 0; variables is not null && i < variables.Length; i++)
        {
            if (!node.Variables[i].IsPersistent) variables[i] = node.Variables[i].Default;
        }

        foreach (var child in children ?? []) child.ForgetTransientVariables();
    }

    public void RestoreVariable(string variableId, object? value)
    {
        var index = Array.FindIndex(node.Variables, v => v.Id == variableId);
        if (index >= 0) Values()[index] = value;
    }

    private Execution? Holder(VariableSlot slot)
    {
        var at = this;
        while (at is not null && at.Node != slot.Owner) at = at.Parent;
        return at;
    }

    private object? Own(int index) => variables is null ? node.Variables[index].Default : variables[index];

    private void Own(int index, object? value) =>
        Values()[index] = PlainValue.From(ValueConversion.Convert(PlainValue.From(value), node.Variables[index].Kind));

    private object?[] Values() => variables ??= [.. node.Variables.Select(v => v.Default)];

    private int IndexOf(string name)
    {
        for (var i = 0; i < node.Variables.Length; i++)
        {
            if (node.Variables[i].Name == name) return i;
        }

        return -1;
    }
}
