using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Branching;

internal sealed class Fork : ContainerActivity, ICompiledActivity, IBreakable
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Fork",
        Category = "Control Flow",
        DisplayName = "Fork",
        Description = "Runs branches side by side; ends with all of them or with the first.",
        Inputs =
        [
            new(
                "JoinMode",
                "ForkJoinMode",
                "Join mode",
                "Whether to wait for all branches or for the first.",
                "dropdown",
                "WaitAll",
                IsWrapped: false,
                Options: [("WaitAll", "All branches"), ("WaitAny", "The first branch")]),
        ],
        IsContainer = true,
        IsBrowsable = false,
        ChildPorts = ["branches"],
    };

    /// <summary>Whether the first branch ends it; written by name or number.</summary>
    public object Compile(NodeScope scope) => Json.Text(scope.Node.Json, "joinMode") is "WaitAny" or "1";

    protected override ActivityResult Begin(Execution container)
    {
        foreach (var branch in container.Node.ChildrenOf("branches")) container.Schedule(branch);
        return DoneWhenEmpty(container);
    }

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) =>
        IsFirstEnough(container) || container.IsBreaking ? ActivityResult.Done : DoneWhenEmpty(container);

    public override bool EndsWith(Execution container, Execution child) => IsFirstEnough(container) || !container.HasChildren;

    private static bool IsFirstEnough(Execution container) => (bool)container.Node.Compiled!;
}
