namespace FlowEngine.Workflows.Expressions;

/// <summary>A script or template failed or reached a limit; the message says which, for people.</summary>
internal sealed class ScriptFailure(string message, Exception? inner = null) : Exception(message, inner)
{
    public bool IsLimit { get; init; }
}
