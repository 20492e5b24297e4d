namespace FlowEngine.Workflows.Flow;

/// <summary>How far one execution of a flowchart has come: by counting visits (<see cref="CounterScope"/>) or by tokens (<see cref="TokenScope"/>).</summary>
internal abstract class FlowScope(FlowPlan plan)
{
    public FlowPlan Plan => plan;
}
