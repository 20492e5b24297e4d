using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Instances;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Children;

/// <summary>One child for each item. With waiting it ends when every child has ended and every port activity that they set going.</summary>
internal sealed class BulkDispatchWorkflows : ContainerActivity
{
    public const string TypeName = "Elsa.BulkDispatchWorkflows";

    private const string Left = "left";

    private static readonly string[] AllEnded = ["Completed", ActivityResult.DefaultOutcome];

    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = TypeName,
        Category = "Composition",
        DisplayName = "Bulk dispatch workflows",
        Description = "Starts another workflow once for each item; may wait until all have ended.",
        Kind = ActivityKind.Task,
        Inputs =
        [
            ChildInputs.Workflow,
            new("Items", "Object", "Items", "What to go through.", DefaultSyntax: "JavaScript"),
            new("DefaultItemInputKey", "String", "Item input", "Name of the input that gets the item, when the item is not an object of inputs.", Default: "Item"),
            new("CorrelationIdFunction", "String", "Correlation id", "Evaluated for each item, with the variable Item.", DefaultSyntax: "JavaScript") { IsLazy = true },
            ChildInputs.Input,
            ChildInputs.Wait(true),
            .. ChildInputs.Dispatching,
        ],
        Outcomes = ["Completed", "Canceled", "Done"],
        ChildPorts = ["childCompleted", "childFaulted"],
        IsContainer = true,
    };

    protected override ActivityResult Begin(Execution container)
    {
        var items = container.Input<object>("Items") as List<object?> ?? [];
        var limit = container.Burst.Environment.Limits.FanOut;
        if (items.Count > limit) return ActivityResult.Fault("FanOutLimit", $"{items.Count} items are more than the {limit} that may be started at once.", "Limit");
        var waits = container.Input<bool>("WaitForCompletion");
        foreach (var item in items)
        {
            var (child, fault) = Ask(container, item);
            if (child is null) return fault;
            container.Burst.Want(new WorkflowDispatched(container.Id, child));
            if (waits) container.CreateBookmark(TypeName, ChildWorkflows.Payload(child.InstanceId));
        }

        container.State[Left] = (long)items.Count;
        return waits && items.Count > 0 ? ActivityResult.Suspended : ActivityResult.Outcome(ActivityResult.DefaultOutcome);
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, object? input)
    {
        var container = (Execution)context;
        container.State[Left] = (long)container.State[Left]! - 1;
        if (container.Node.Child(ChildWorkflows.HasFaulted(input) ? "childFaulted" : "childCompleted") is { } port) ScheduleFor(container, port, input);
        return WhenAllEnded(container);
    }

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) => WhenAllEnded(container);

    private static void ScheduleFor(Execution container, ActivityNode port, object? child)
    {
        var round = container.Schedule(port);
        round.SetDynamic("ChildResult", child);
        round.SetDynamic("ChildInstanceId", (child as Dictionary<string, object?>)?.GetValueOrDefault("WorkflowInstanceId"));
    }

    private static ActivityResult WhenAllEnded(Execution container) =>
        (long)container.State[Left]! > 0 || container.HasChildren ? ActivityResult.Suspended : ActivityResult.Outcome(AllEnded);

    private static (ChildStart? Child, ActivityResult Fault) Ask(Execution container, object? item)
    {
        var key = container.Input<string>("DefaultItemInputKey");
        var input = item as Dictionary<string, object?> ?? new Dictionary<string, object?> { [string.IsNullOrWhiteSpace(key) ? "Item" : key] = item };
        container.SetDynamic("Item", item);
        return ChildWorkflows.Ask(container, input, container.Reevaluate<string>("CorrelationIdFunction"));
    }
}
