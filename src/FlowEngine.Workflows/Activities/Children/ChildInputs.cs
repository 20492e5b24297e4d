namespace FlowEngine.Workflows.Activities.Children;

/// <summary>Inputs of the activities that start other workflows.</summary>
internal static class ChildInputs
{
    public static InputDescriptor Workflow { get; } = new("WorkflowDefinitionId", "String", "Workflow", "Which workflow to run; its published version is taken.", "workflow-definition-picker");

    public static InputDescriptor Input { get; } = new("Input", "ObjectDictionary", "Input", "Inputs of that workflow, by name.", "dictionary", DefaultSyntax: "JavaScript");

    public static IReadOnlyList<InputDescriptor> Common { get; } =
        [Workflow, new("CorrelationId", "String", "Correlation id", "Of the new run; it is not inherited."), Input];

    /// <summary>Accepted so that files round-trip; traces and channels are the host's.</summary>
    public static IReadOnlyList<InputDescriptor> Dispatching { get; } =
    [
        new("StartNewTrace", "Boolean", "New trace", "Whether the run is traced apart from this one.", "checkbox", Category: "Advanced"),
        new("ChannelName", "String", "Channel", "Kept for Elsa; there is one channel here.", Category: "Advanced"),
    ];

    public static InputDescriptor Wait(bool isDefault) =>
        new("WaitForCompletion", "Boolean", "Wait for it", "Whether this flow goes on only when the other one has ended.", "checkbox", isDefault);
}
