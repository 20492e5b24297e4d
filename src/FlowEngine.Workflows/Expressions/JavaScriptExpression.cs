using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Expressions;

/// <summary>A JavaScript input. One that does not parse fails when it is reached, as in Elsa.</summary>
internal sealed class JavaScriptExpression : Expression
{
    private readonly PreparedCode? code;
    private readonly ScriptFailure? failure;

    public JavaScriptExpression(string text)
    {
        try
        {
            code = PreparedCode.Parse(text);
        }
        catch (ScriptFailure problem)
        {
            failure = problem;
        }
    }

    public string? Problem => failure?.Message;

    public override object? Evaluate(Execution scope) => code is null ? throw failure! : scope.Burst.Scripts.Run(code, scope);
}
