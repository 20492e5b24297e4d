namespace FlowEngine.Workflows.Triggers;

/// <summary>
/// An activity of a published version that starts a run. Inputs are evaluated without a run;
/// keys are the descriptor's input names.
/// </summary>
public sealed record Trigger(string ActivityId, string TypeName, IReadOnlyDictionary<string, object?> Inputs);
