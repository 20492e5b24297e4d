namespace FlowEngine.Workflows.Expressions.CSharp;

/// <summary><c>Variables</c>: by name here; the script's own text adds a member for each declared one.</summary>
public class CSharpVariables(CSharpGlobals globals)
{
    public object? Get(string name) => globals.GetVariable(name);

    public T? Get<T>(string name) => globals.GetVariable<T>(name);

    /// <summary>Writes the nearest variable of that name; when there is none, makes one in the nearest container.</summary>
    public void Set(string name, object? value) => globals.SetVariable(name, value);
}

/// <summary><c>Input</c>: inputs of the workflow.</summary>
public class CSharpInputs(CSharpGlobals globals)
{
    public object? Get(string name) => globals.GetInput(name);

    public T? Get<T>(string name) => globals.GetInput<T>(name);
}

/// <summary><c>Output</c>: what activities of this burst answered.</summary>
public sealed class CSharpOutput(CSharpGlobals globals)
{
    /// <summary>The latest output named Result of any activity.</summary>
    public object? LastResult => CSharpValue.To<object>(globals.Scope.Burst.Outputs.LastResult);

    /// <summary>By id or name of an activity of this or an enclosing container; without a name its first output.</summary>
    public object? From(string activity, string? output = null) => From<object>(activity, output);

    public T? From<T>(string activity, string? output = null) => CSharpValue.To<T>(globals.Scope.Burst.Outputs.Find(globals.Scope, activity, output));

    /// <summary>An older name of <see cref="From(string, string?)"/>.</summary>
    public object? Get(string activity, string? output = null) => From(activity, output);

    public T? Get<T>(string activity, string? output = null) => From<T>(activity, output);
}

/// <summary><c>Outcome</c>: which ways an activity goes on that runs the script.</summary>
public sealed class CSharpOutcome
{
    internal IReadOnlyList<string> Names { get; private set; } = [];

    public void Set(params string[] outcomes) => Names = outcomes;
}
