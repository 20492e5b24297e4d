using FlowEngine.Workflows.Activities.Flowcharts;
using FlowEngine.Workflows.Definitions;
using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Flow;

/// <summary>
/// What a completed activity sets going in a flowchart, by counting visits (execution-semantics 2.1). Skipped connections
/// travel on through activities that nothing else can reach any more, so that a join behind a decision does not block.
/// </summary>
internal static class CounterFlow
{
    /// <summary>Tag of an execution that a backward connection set going.</summary>
    public const string Backward = "backward";

    private static readonly IReadOnlyList<string> NoOutcomes = [];

    /// <summary>Schedules what follows; answers the backward connection that may not be followed, or -1.</summary>
    /// <param name="isLoop">The activity ran by a backward connection: that is no visit, or it would not run again when it is next come to from before.</param>
    public static int Advance(Execution flowchart, int activity, IReadOnlyList<string> outcomes, bool isLoop = false)
    {
        var scope = (CounterScope)flowchart.Flow!;
        if (!isLoop) scope.VisitActivity(activity);
        foreach (var connection in scope.Plan.Outbound(activity))
        {
            var isFollowed = scope.Plan.Graph.Connections[connection].Follows(outcomes);
            scope.VisitConnection(connection, isFollowed);
            var target = scope.Plan.Graph.Connections[connection].Target;
            if (!scope.Plan.IsBackward(connection))
            {
                if (Arrive(flowchart, connection, target)) SkipFrom(flowchart, target);
            }
            else if (isFollowed)
            {
                if (scope.Plan.IsInvalid(connection)) return connection;
                flowchart.Schedule(scope.Plan.Graph.Activities[target], Backward);
            }
        }

        return -1;
    }

    /// <summary>Skips an activity and all that only it could have reached, depth first, however long the chain.</summary>
    private static void SkipFrom(Execution flowchart, int activity)
    {
        var scope = (CounterScope)flowchart.Flow!;
        var open = new Stack<(int Activity, int Next)>();
        open.Push((activity, 0));
        scope.VisitActivity(activity);
        while (open.TryPop(out var at))
        {
            var outbound = scope.Plan.Outbound(at.Activity);
            if (at.Next >= outbound.Length) continue;
            open.Push((at.Activity, at.Next + 1));
            var connection = outbound[at.Next];
            scope.VisitConnection(connection, isFollowed: false);
            var target = scope.Plan.Graph.Connections[connection].Target;
            if (scope.Plan.IsBackward(connection) || !Arrive(flowchart, connection, target)) continue;
            scope.VisitActivity(target);
            open.Push((target, 0));
        }
    }

    public static void Skip(Execution flowchart, int activity) => Advance(flowchart, activity, NoOutcomes);

    /// <summary>Runs the target, leaves it waiting, or answers true: it is skipped, and so is what follows it.</summary>
    private static bool Arrive(Execution flowchart, int connection, int target)
    {
        var scope = (CounterScope)flowchart.Flow!;
        var node = scope.Plan.Graph.Activities[target];
        if (node.Activity is FlowJoin)
        {
            switch (FlowJoin.ModeOf(node, flowchart))
            {
                case FlowJoinMode.WaitAny: return ArriveAtAny(flowchart, connection, node);
                case FlowJoinMode.WaitAll:
                    if (!scope.AllVisited(target)) return false;
                    if (!scope.AllFollowed(target)) return true;
                    flowchart.Schedule(node);
                    return false;
            }
        }

        if (!scope.AllVisited(target)) return false;
        if (!scope.AnyFollowed(target)) return true;
        flowchart.Schedule(node);
        return false;
    }

    private static bool ArriveAtAny(Execution flowchart, int connection, ActivityNode join)
    {
        var scope = (CounterScope)flowchart.Flow!;
        if (scope.IsSpent(connection, join.Ordinal) || flowchart.HasPending(join)) return false;
        if (scope.Followed[connection])
        {
            // Scheduled before the others are cancelled: what they set going then finds it scheduled, and it runs once.
            flowchart.Schedule(join);
            CancelInboundAncestors(flowchart, join.Ordinal);
            return false;
        }

        return scope.AllVisited(join.Ordinal) && !scope.AnyFollowed(join.Ordinal);
    }

    /// <summary>Ends what still waits upstream of a join. What is only queued runs, as in Elsa.</summary>
    public static void CancelInboundAncestors(Execution flowchart, int join)
    {
        var ancestors = flowchart.Flow!.Plan.Ancestors(join);
        foreach (var child in flowchart.Children.ToArray())
        {
            var isBegun = child.Status is ExecutionStatus.Running or ExecutionStatus.Faulted;
            if (isBegun && ancestors.Contains(child.Node.Ordinal)) flowchart.Burst.Cancel(child, isAlone: true);
        }
    }
}
