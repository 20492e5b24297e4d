using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Looping;

internal sealed class ForEach : ContainerActivity, ILoop
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.ForEach",
        Category = "Looping",
        DisplayName = "For Each",
        Description = "Runs its body for each item, one after another.",
        Inputs = [new("Items", "ICollection<Object>", "Items", "What to go through.", "multi-line", DefaultSyntax: "JavaScript")],
        Outputs = [new("CurrentValue", "Object", "Current value", "The item of this round.")],
        IsContainer = true,
        ChildPorts = ["body"],
    };

    protected override ActivityResult Begin(Execution container)
    {
        // Kept as they are now: a list that changes under the loop would make it skip or repeat.
        var items = container.Input<List<object?>>("Items");
        // Without an input there is nothing to do; one that answers nothing is a mistake of the flow. The sentence is Elsa's.
        if (items is null && container.Node.Inputs[0] is not null) return ActivityResult.Fault("NoItems", "Value cannot be null. (Parameter 'source')", "Flow", "System.ArgumentNullException");
        container.State["items"] = items ?? [];
        return Round(container, 0);
    }

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) =>
        container.IsBreaking ? ActivityResult.Done : Round(container, (int)(long)container.State["at"]! + 1);

    private static ActivityResult Round(Execution container, int index)
    {
        var items = (List<object?>)container.State["items"]!;
        if (index >= items.Count || container.Node.Child("body") is not { } body) return ActivityResult.Done;
        container.State["at"] = (long)index;
        container.SetOutput("CurrentValue", items[index]);
        var round = container.Schedule(body);
        round.SetDynamic("CurrentValue", items[index]);
        round.SetDynamic("CurrentIndex", (long)index);
        return ActivityResult.Suspended;
    }
}
