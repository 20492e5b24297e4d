using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Flow;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Activities.Flowcharts;

/// <summary>Activities joined by connections, in Elsa's counter mode or, where the run says so, in token mode.</summary>
internal sealed class Flowchart : ContainerActivity, ICompiledActivity
{
    public override ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Flowchart",
        Category = "Flow",
        DisplayName = "Flowchart",
        Description = "Activities joined by connections.",
        IsContainer = true,
        IsBrowsable = false,
        ChildPorts = ["activities"],
    };

    public object Compile(NodeScope scope)
    {
        var activities = scope.Node.ChildrenOf("activities");
        return new FlowGraph(activities, ConnectionReader.Read(scope, activities));
    }

    protected override ActivityResult Begin(Execution container)
    {
        var graph = (FlowGraph)container.Node.Compiled!;
        if (graph.Activities.Length == 0) return ActivityResult.Done;
        var instance = container.Instance;
        var plan = graph.PlanFor(instance.IsTriggerUsed ? null : instance.TriggerActivityId);
        container.Flow = instance.FlowchartMode == FlowchartMode.Token ? new TokenScope(plan) : new CounterScope(plan);
        container.Schedule(graph.Activities[plan.Start]);
        return ActivityResult.Suspended;
    }

    public override ActivityResult ChildCompleted(Execution container, Execution child, IReadOnlyList<string> outcomes)
    {
        if (child.Node.Shape.Descriptor.IsTerminal) return ActivityResult.Done;
        if (container.Flow is TokenScope)
        {
            TokenFlow.Advance(container, child.Node.Ordinal, outcomes);
            return TokenFlow.Stuck(container) is { } stuck ? ActivityResult.Fault("Stuck", stuck, "Flow", "FlowEngine.Stuck") : DoneWhenEmpty(container);
        }

        var invalid = CounterFlow.Advance(container, child.Node.Ordinal, outcomes, child.Tag == CounterFlow.Backward);
        if (invalid >= 0) FaultBackward(container, child, invalid);
        return DoneWhenEmpty(container);
    }

    public override bool EndsWith(Execution container, Execution child) =>
        child.Node.Shape.Descriptor.IsTerminal || (!container.HasChildren && container.Flow!.Plan.Outbound(child.Node.Ordinal).Length == 0);

    public override void ChildCanceled(Execution container, Execution child)
    {
        if (container.Flow is TokenScope tokens) tokens.Forget(child.Node.Ordinal);
        else CounterFlow.Skip(container, child.Node.Ordinal);
    }

    /// <summary>What its being skipped had set going would be among the children.</summary>
    public override ActivityResult WithoutChild(Execution container, Execution child) => ActivityResult.Done;

    /// <summary>The sentence is Elsa's, which people search for.</summary>
    private static void FaultBackward(Execution container, Execution child, int connection)
    {
        var graph = container.Flow!.Plan.Graph;
        var target = graph.Activities[graph.Connections[connection].Target];
        var message = $"Invalid backward connection: Every path from the source ('{child.ActivityId}') must go through the target ('{target.Id}') when tracing back to the start.";
        container.Burst.Fault(child, new FaultReason(message, "FlowEngine.InvalidConnection", "InvalidBackwardConnection", "Flow"));
    }
}
