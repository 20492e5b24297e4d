using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Looping;

internal sealed class For : ContainerActivity, ILoop
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.For",
        Category = "Looping",
        DisplayName = "For",
        Description = "Counts from a start to an end and runs its body for each number.",
        Inputs =
        [
            new("Start", "Int32", "Start", "The first number.", Default: 0L),
            new("End", "Int32", "End", "The last number.", Default: 0L),
            new("Step", "Int32", "Step", "How far each round counts; may be negative.", Default: 1L),
            new("OuterBoundInclusive", "Boolean", "Including the end", "Whether the end itself gets a round.", "checkbox", true),
        ],
        Outputs = [new("CurrentValue", "Object", "Current value", "The number of this round.")],
        IsContainer = true,
        ChildPorts = ["body"],
    };

    protected override ActivityResult Begin(Execution container)
    {
        var step = container.Input<long>("Step");
        if (step == 0) return ActivityResult.Fault("ZeroStep", "A For loop with step 0 never ends.");
        container.State["end"] = container.Input<long>("End");
        container.State["step"] = step;
        container.State["inclusive"] = container.Input<bool>("OuterBoundInclusive");
        return Round(container, container.Input<long>("Start"));
    }

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes) =>
        container.IsBreaking ? ActivityResult.Done : Round(container, (long)container.State["at"]! + (long)container.State["step"]!);

    private static ActivityResult Round(Execution container, long value)
    {
        var end = (long)container.State["end"]!;
        var left = (long)container.State["step"]! > 0 ? end - value : value - end;
        var isLast = left < 0 || (left == 0 && !(bool)container.State["inclusive"]!);
        if (isLast || container.Node.Child("body") is not { } body) return ActivityResult.Done;
        container.State["at"] = value;
        container.SetOutput("CurrentValue", value);
        container.Schedule(body).SetDynamic("CurrentValue", value);
        return ActivityResult.Suspended;
    }
}
