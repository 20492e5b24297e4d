using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Composition;

internal sealed class Parallel : ContainerActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Parallel",
        Category = "Workflows",
        DisplayName = "Parallel",
        Description = "Runs its activities side by side and ends when all have ended.",
        IsContainer = true,
        IsBrowsable = false,
        ChildPorts = ["activities"],
    };

    protected override ActivityResult Begin(Execution container)
    {
        foreach (var activity in container.Node.ChildrenOf("activities")) container.Schedule(activity);
        return DoneWhenEmpty(container);
    }

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) =>
        DoneWhenEmpty(container);
}
