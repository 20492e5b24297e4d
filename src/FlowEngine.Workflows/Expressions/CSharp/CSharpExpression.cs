using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Expressions.CSharp;

/// <summary>A C# input. One that does not compile keeps its definition from being published, and faults where it is reached all the same.</summary>
internal sealed class CSharpExpression(CSharpScript script) : Expression
{
    public override object? Evaluate(Execution scope) => Run(script, scope).Value;

    /// <summary>Runs on the burst's own thread: its time can be limited only as far as it looks at the time, its memory not at all.</summary>
    /// <exception cref="ScriptFailure">It does not compile, threw, or waited longer than it may.</exception>
    public static (object? Value, IReadOnlyList<string> Outcomes) Run(CSharpScript script, Execution scope)
    {
        if (script.Run is not { } run) throw new ScriptFailure(script.Problem ?? "The script does not compile.");
        using var time = new CancellationTokenSource(scope.Burst.Environment.Limits.ScriptTime);
        var globals = new CSharpGlobals(scope, time.Token);
        try
        {
            var running = run(globals);
            running.Wait(time.Token);
            var value = CSharpValue.ToPlain(running.Result);
            globals.Settle();
            return (value, globals.Outcome.Names);
        }
        catch (Exception failure)
        {
            throw Explain(failure is AggregateException { InnerException: { } inner } ? inner : failure, time.IsCancellationRequested);
        }
        finally
        {
            globals.End();
        }
    }

    private static ScriptFailure Explain(Exception failure, bool isLate) => failure is OperationCanceledException && isLate
        ? new ScriptFailure("The script took too long.", failure) { IsLimit = true }
        : new ScriptFailure(failure.Message, failure);
}
