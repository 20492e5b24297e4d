using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Composition;

internal sealed class Sequence : ContainerActivity, IBreakable
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Sequence",
        Category = "Workflows",
        DisplayName = "Sequence",
        Description = "Runs its activities one after another.",
        IsContainer = true,
        IsBrowsable = false,
        ChildPorts = ["activities"],
    };

    protected override ActivityResult Begin(Execution container) => Next(container, 0);

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) =>
        container.IsBreaking || child.Node.Shape.Descriptor.IsTerminal ? ActivityResult.Done : Next(container, child.Node.Ordinal + 1);

    public override bool EndsWith(Execution container, Execution child) =>
        child.Node.Shape.Descriptor.IsTerminal || child.Node.Ordinal + 1 >= container.Node.ChildrenOf("activities").Length;

    private static ActivityResult Next(Execution container, int index)
    {
        var activities = container.Node.ChildrenOf("activities");
        if (index >= activities.Length) return ActivityResult.Done;
        container.Schedule(activities[index]);
        return ActivityResult.Suspended;
    }
}
