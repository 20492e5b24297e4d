using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Looping;

internal sealed class ParallelForEach : ContainerActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.ParallelForEach",
        Category = "Looping",
        DisplayName = "Parallel For Each",
        Description = "Runs its body for all items at once and ends when all have ended.",
        Inputs = [new("Items", "Object", "Items", "What to go through.", "multi-line", DefaultSyntax: "JavaScript")],
        IsContainer = true,
        ChildPorts = ["body"],
    };

    protected override ActivityResult Begin(Execution container)
    {
        // The input is untyped: JSON text stays text and gives nothing to go through, as in Elsa.
        if (container.Input<object>("Items") is not List<object?> items || container.Node.Child("body") is not { } body) return ActivityResult.Done;
        var limit = container.Burst.Environment.Limits.FanOut;
        if (items.Count > limit) return ActivityResult.Fault("FanOutLimit", $"{items.Count} items are more than the {limit} rounds that may run at once.", "Limit");
        for (var i = 0; i < items.Count; i++)
        {
            var round = container.Schedule(body);
            round.SetDynamic("CurrentValue", items[i]);
            round.SetDynamic("CurrentIndex", (long)i);
        }

        return DoneWhenEmpty(container);
    }

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) =>
        DoneWhenEmpty(container);
}
