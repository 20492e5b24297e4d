using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Expressions.CSharp;

/// <summary>
/// What a C# script finds by name (workflow-format, section 6), besides <c>Variables</c>, <c>Variable</c>, <c>Input</c> and <c>Inputs</c>,
/// whose members are those of the place where it stands. Good for one evaluation: a script that goes on after its time was over gets an
/// exception instead of somebody else's run.
/// </summary>
public sealed class CSharpGlobals
{
    private readonly Execution scope;
    private readonly Dictionary<string, (object Value, string Before)> handedOut = new(StringComparer.Ordinal);
    private bool isOver;

    internal CSharpGlobals(Execution scope, CancellationToken time)
    {
        this.scope = scope;
        CancellationToken = time;
        Output = new CSharpOutput(this);
        Outcome = new CSharpOutcome();
    }

    /// <summary>Cancelled when the script's time is over. Only a script that looks at it, or waits with it, can be ended.</summary>
    public CancellationToken CancellationToken { get; }

    public CSharpOutput Output { get; }

    public CSharpOutcome Outcome { get; }

    /// <summary>Elsa's scripts reach variables and inputs by it as well.</summary>
    public CSharpGlobals ExecutionContext => this;

    /// <summary>Arguments of an evaluator's caller; none of ours gives any.</summary>
    public IDictionary<string, object?> Arguments { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    public IDictionary<string, object?> Args => Arguments;

    public string WorkflowInstanceId => Scope.InstanceId.ToString();

    public string WorkflowDefinitionId => Scope.Instance.DefinitionId;

    public string WorkflowDefinitionVersionId => Scope.Instance.DefinitionVersionId;

    public int WorkflowDefinitionVersion => Scope.Instance.Version;

    public string? CorrelationId
    {
        get => Scope.Instance.CorrelationId;
        set => Scope.Instance.CorrelationId = value;
    }

    public string? WorkflowInstanceName
    {
        get => Scope.Instance.Name;
        set => Scope.Instance.Name = value;
    }

    internal Execution Scope => isOver ? throw new InvalidOperationException("The script's time is over.") : scope;

    public string? GetCorrelationId() => CorrelationId;

    public object? GetVariable(string name) => GetVariable<object>(name);

    /// <exception cref="FormatException">Its value cannot be read as that type.</exception>
    public T? GetVariable<T>(string name) => (T?)HandOut(Known(name), CSharpValue.To<T>(Scope.GetVariable(Known(name))));

    public void SetVariable(string name, object? value)
    {
        handedOut.Remove(Known(name));
        Scope.SetVariable(Known(name), CSharpValue.ToPlain(value));
    }

    public object? GetInput(string name) => GetInput<object>(name);

    /// <exception cref="FormatException">Its value cannot be read as that type.</exception>
    public T? GetInput<T>(string name) => CSharpValue.To<T>(Scope.WorkflowInput(name));

    /// <summary>What the host tells of the conversation, such as <c>Host("lead").name</c>; null outside of one.</summary>
    public dynamic? Host(string name) =>
        Scope.Burst.Host is IExpressionScope host && host.Values.TryGetValue(name, out var value) ? CSharpValue.To<object>(Values.PlainValue.From(value)) : null;

    /// <summary>Lists and objects that the script got and changed inside are the variables' new values, as in Elsa. No more is taken from it.</summary>
    internal void Settle()
    {
        foreach (var (name, (value, before)) in handedOut)
        {
            var plain = CSharpValue.ToPlain(value);
            if (Values.JsonText.Of(plain) != before) scope.SetVariable(name, plain);
        }
    }

    internal void End() => isOver = true;

    private object? HandOut(string name, object? value)
    {
        if (value is not (null or string or ValueType)) handedOut[name] = (value, Values.JsonText.Of(CSharpValue.ToPlain(value)));
        return value;
    }

    /// <summary>The variable that a name means, which may stand in Pascal case.</summary>
    private string Known(string name) => Scope.TryGetVariable(name, out _) ? name : Scope.VisibleVariables().FirstOrDefault(v => PascalCase.Of(v) == name) ?? name;
}
