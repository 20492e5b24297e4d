using FlowEngine.Workflows.Definitions;

namespace FlowEngine.Workflows.Flow;

/// <summary>A flowchart's activities and connections; a plan for each activity that a run may begin with.</summary>
internal sealed class FlowGraph
{
    private readonly int defaultStart;
    private readonly Dictionary<int, FlowPlan> plans = [];

    public FlowGraph(ActivityNode[] activities, List<Connection> connections)
    {
        Activities = activities;
        Connections = [.. connections];
        defaultStart = DefaultStart();
        for (var i = 0; i < activities.Length; i++)
        {
            if (i == defaultStart || activities[i].CanStart) plans[i] = new FlowPlan(this, i);
        }
    }

    public ActivityNode[] Activities { get; }

    public Connection[] Connections { get; }

    /// <summary>Begins at the trigger that started the run when it is one of this flowchart's, else where Elsa would.</summary>
    public FlowPlan PlanFor(string? triggerActivityId)
    {
        if (triggerActivityId is null) return plans[defaultStart];
        var trigger = Array.FindIndex(Activities, a => a.Id == triggerActivityId);
        return trigger >= 0 && plans.TryGetValue(trigger, out var plan) ? plan : plans[defaultStart];
    }

    /// <summary>The plan of a stored flowchart, by the place it began at.</summary>
    public FlowPlan PlanAt(int start) => plans.TryGetValue(start, out var plan) ? plan : plans[defaultStart];

    public bool HasConnection(int source, string outcome) => Array.Exists(Connections, c => c.Source == source && (c.Port ?? "Done") == outcome);

    /// <summary>Order of execution-semantics, section 2.</summary>
    private int DefaultStart()
    {
        var start = Array.FindIndex(Activities, a => a.Shape.Descriptor.IsStart);
        if (start < 0) start = Array.FindIndex(Activities, a => a.CanStart);
        if (start < 0) start = Array.FindIndex(Activities, a => !Array.Exists(Connections, c => c.Target == a.Ordinal));
        return Math.Max(start, 0);
    }
}
