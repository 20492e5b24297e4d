using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Looping;

internal sealed class Break : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Break",
        Category = "Looping",
        DisplayName = "Break",
        Description = "Leaves the innermost loop; outside of loops it ends the sequences and forks that enclose it.",
        IsTerminal = true,
    };

    public override ActivityResult Execute(ActivityContext context)
    {
        for (var container = ((Execution)context).Parent; container is not null; container = container.Parent)
        {
            container.IsBreaking |= container.Node.Activity is IBreakable;
            if (container.Node.Activity is ILoop) break;
        }

        return ActivityResult.Done;
    }
}
