using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Composition;

/// <summary>The workflow itself: the outermost execution, which holds the definition's variables. What Complete ends.</summary>
internal sealed class WorkflowActivity : ContainerActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Workflow",
        Category = "Workflows",
        DisplayName = "Workflow",
        Description = "A workflow: runs its root activity.",
        IsContainer = true,
        IsBrowsable = false,
        ChildPorts = ["root"],
    };

    protected override ActivityResult Begin(Execution container)
    {
        if (container.Node.Child("root") is not { } root) return ActivityResult.Done;
        container.Schedule(root);
        return ActivityResult.Suspended;
    }
}
