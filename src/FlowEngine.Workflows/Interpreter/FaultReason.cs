using FlowEngine.Workflows.Expressions;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>Why an execution faulted, as it goes into the incident.</summary>
internal sealed record FaultReason(string Message, string? ExceptionType = null, string? Code = null, string? Category = null, string? Cause = null)
{
    public static FaultReason Of(Exception exception) => exception switch
    {
        InputFailure { InnerException: var cause } failure => new FaultReason(
            failure.Message,
            "Elsa.Workflows.Exceptions.InputEvaluationException",
            cause is ScriptFailure { IsLimit: true } ? "ScriptLimit" : null,
            Cause: cause!.Message),
        ScriptFailure failure => new FaultReason(failure.Message, failure.InnerException?.GetType().FullName, failure.IsLimit ? "ScriptLimit" : null),
        _ => new FaultReason(exception.Message, exception.GetType().FullName),
    };
}
