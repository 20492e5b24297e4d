namespace FlowEngine.Workflows.Interpreter;

/// <summary>An input could not be evaluated; the message is Elsa's, the cause stands in the incident.</summary>
internal sealed class InputFailure(string input, Exception cause) : Exception($"Failed to evaluate activity input '{input}'", cause);
