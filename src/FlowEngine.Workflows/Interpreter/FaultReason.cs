namespace FlowEngine.Workflows.Interpreter;

/// <summary>Why an execution faulted, as it goes into the incident.</summary>
internal sealed record FaultReason(string Message, string? ExceptionType = null, string? Code = null, string? Category = null, string? Cause = null)
{
    public static FaultReason Of(Exception exception) => exception switch
    {
        InputFailure failure => new FaultReason(failure.Message, "Elsa.Workflows.Exceptions.InputEvaluationException", Cause: failure.InnerException!.Message),
        _ => new FaultReason(exception.Message, exception.GetType().FullName),
    };
}
