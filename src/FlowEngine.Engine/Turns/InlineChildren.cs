using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Engine.Turns;

/// <summary>
/// Workflows that run within their parent's burst. They are stored in the parent's commit; one that waits then has a mailbox of its own and
/// goes on by itself.
/// </summary>
internal sealed class InlineChildren(TurnTools tools, RunWishes wishes, TurnRun runs) : IChildRuns
{
    private readonly List<RunWrite> children = [];

    public IReadOnlyList<RunWrite> Children => children;

    /// <summary>Those that wait.</summary>
    public IReadOnlyList<Guid> GoOn => [.. children.Where(c => !c.IsOver).Select(c => c.Id)];

    /// <summary>What went wrong in them.</summary>
    public IEnumerable<IncidentRecord> Incidents(DateTimeOffset now) => children.SelectMany(c => RunTurn.IncidentsOf(c, c.Instance.Incidents, now));

    public bool IsPublished(string definitionId) => tools.Flows.FindPublished(definitionId) is not null;

    public ChildRun? Execute(ChildStart child)
    {
        if (tools.Flows.FindPublished(child.DefinitionId) is not { } graph)
        {
            return null;
        }

        var environment = runs.Environment(null, this);
        var result = Interpreter.Start(
            graph, new StartRequest(child.InstanceId, child.CorrelationId, child.Input, ParentInstanceId: child.ParentInstanceId, Depth: child.Depth), environment);
        var run = new RunWrite(graph, result.Instance, null);
        run.Add(result, environment.Seed);
        children.Add(run);
        wishes.Take(run.Id, run.Id, 0, result);
        return new ChildRun(result.Instance.Status, result.Instance.SubStatus, result.Instance.CorrelationId, result.Instance.Output, result.ConsoleLines);
    }
}
