using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Flowcharts;

internal sealed class FlowNode : ContainerActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowNode",
        Category = "Flow",
        DisplayName = "Node",
        Description = "Holds one activity or a group of them.",
        IsContainer = true,
        ChildPorts = ["body"],
    };

    protected override ActivityResult Begin(Execution container)
    {
        if (container.Node.Child("body") is not { } body) return ActivityResult.Done;
        container.Schedule(body);
        return ActivityResult.Suspended;
    }
}
