using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Workflows.Interpreter;

/// <summary>
/// Outputs of the activities of one burst, for expressions. As in Elsa they do not survive a wait, and a second pass through
/// the same container keeps answering the value of the first one; variables are the way to carry a value on.
/// </summary>
internal sealed class OutputRegister
{
    private Dictionary<(Execution Container, ActivityNode Activity, string Output), object?>? recorded;

    /// <summary>The latest output named Result of any activity.</summary>
    public object? LastResult { get; private set; }

    public void Record(Execution execution, string output, object? value)
    {
        if (output == "Result") LastResult = value;
        if (execution.Parent is { } container) (recorded ??= []).TryAdd((container, execution.Node, output), value);
    }

    /// <summary>By id or name of an activity of this or an enclosing container; without a name its first output.</summary>
    public object? Find(Execution scope, string activity, string? output)
    {
        for (var container = scope.Parent; container is not null && recorded is not null; container = container.Parent)
        {
            foreach (var (key, value) in recorded)
            {
                var isActivity = key.Activity.Id == activity || key.Activity.Name == activity;
                if (key.Container == container && isActivity && (output is null || key.Output == output)) return value;
            }
        }

        return null;
    }
}
