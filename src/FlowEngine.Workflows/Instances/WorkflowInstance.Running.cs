using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;
using FlowEngine.Workflows.Values;

namespace FlowEngine.Workflows.Instances;

public sealed partial class WorkflowInstance
{
    private readonly Dictionary<string, object?> input = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> output = new(StringComparer.Ordinal);

    /// <summary>What the run was started with. Kept over waits (Elsa loses it unless a driver is named).</summary>
    public IReadOnlyDictionary<string, object?> Input => input;

    /// <summary>What the run has answered so far, by output name.</summary>
    public IReadOnlyDictionary<string, object?> Output => output;

    /// <summary>The definition's variables by name with their present values.</summary>
    public IReadOnlyDictionary<string, object?> Variables
    {
        get
        {
            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            if (Root is null) return values;
            foreach (var (definition, value) in Root.OwnVariables) values[definition.Name] = value;
            foreach (var (name, value) in Root.DynamicVariables ?? new Dictionary<string, object?>()) values[name] = value;
            return values;
        }
    }

    /// <summary>The workflow's own execution with all that has not ended below it.</summary>
    internal Execution? Root { get; set; }

    /// <summary>Set while a burst runs.</summary>
    internal Burst? Burst { get; set; }

    internal int ExecutionCount { get; set; }

    internal long JournalCount { get; set; }

    internal string? TriggerActivityId { get; init; }

    internal object? TriggerInput { get; init; }

    internal bool IsTriggerUsed { get; set; }

    internal FlowchartMode FlowchartMode { get; init; }

    internal int NextExecution() => ++ExecutionCount;

    internal long NextJournalSequence() => JournalCount++;

    internal void SetInput(string name, object? value, WorkflowGraph graph) => input[name] = Declared(value, graph.Inputs, name);

    internal void SetOutput(string name, object? value, WorkflowGraph graph) => output[name] = Declared(value, graph.Outputs, name);

    internal void Restore(IEnumerable<KeyValuePair<string, object?>> inputs, IEnumerable<KeyValuePair<string, object?>> outputs)
    {
        foreach (var (name, value) in inputs) input[name] = value;
        foreach (var (name, value) in outputs) output[name] = value;
    }

    /// <summary>Converted to the declared type; what cannot be converted stays as it came.</summary>
    private static object? Declared(object? value, IReadOnlyDictionary<string, ValueKind> kinds, string name)
    {
        var plain = PlainValue.From(value);
        if (!kinds.TryGetValue(name, out var kind)) return plain;
        try
        {
            return PlainValue.From(ValueConversion.Convert(plain, kind));
        }
        catch (FormatException)
        {
            return plain;
        }
    }
}
