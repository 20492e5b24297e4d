using FlowEngine.Workflows.Interpreter;

namespace FlowEngine.Workflows.Flow;

/// <summary>
/// What a completed activity sets going in a flowchart, by tokens (execution-semantics 2.2): each followed connection brings one,
/// the target's merge mode says when it runs, and running consumes what came.
/// </summary>
internal static class TokenFlow
{
    public static void Advance(Execution flowchart, int activity, IReadOnlyList<string> outcomes)
    {
        var scope = (TokenScope)flowchart.Flow!;
        scope.Consume(activity);
        var followed = Emit(scope, activity, outcomes);
        foreach (var connection in followed) Arrive(flowchart, scope, connection);
        RunWhatNothingComesTo(flowchart, scope);
    }

    /// <summary>Tokens that nobody will bring any more: who waited for them is named; null when nothing is stuck.</summary>
    public static string? Stuck(Execution flowchart)
    {
        var scope = (TokenScope)flowchart.Flow!;
        if (flowchart.HasChildren || scope.Waiting.Count == 0) return null;
        var graph = scope.Plan.Graph;
        var target = graph.Connections[scope.Waiting[0]].Target;
        var missing = scope.Plan.Inbound(target).Where(c => !scope.IsWaiting(c)).Select(c => graph.Activities[graph.Connections[c].Source].DisplayName);
        return $"'{graph.Activities[target].DisplayName}' waits for {string.Join(" and ", missing.Distinct().Select(n => $"'{n}'"))}, which will not come.";
    }

    private static List<int> Emit(TokenScope scope, int activity, IReadOnlyList<string> outcomes)
    {
        var followed = new List<int>();
        foreach (var connection in scope.Plan.Outbound(activity))
        {
            if (!scope.Plan.Graph.Connections[connection].Follows(outcomes)) continue;
            if (scope.Plan.IsBackward(connection)) scope.ReopenRacesBehind(scope.Plan.Graph.Connections[connection].Target);
            if (scope.Blocked.Remove(connection)) continue;
            scope.Waiting.Add(connection);
            followed.Add(connection);
        }

        return followed;
    }

    private static void Arrive(Execution flowchart, TokenScope scope, int connection)
    {
        var node = scope.Plan.Graph.Activities[scope.Plan.Graph.Connections[connection].Target];
        var mode = MergeModes.Of(node, flowchart);
        if (!MayRun(scope, node.Ordinal, mode)) return;
        flowchart.Schedule(node);
        if (mode is not (MergeMode.Race or MergeMode.Cascade)) return;
        foreach (var other in scope.Plan.ForwardInbound(node.Ordinal))
        {
            if (other != connection) scope.Blocked.Add(other);
        }

        if (mode == MergeMode.Race) CounterFlow.CancelInboundAncestors(flowchart, node.Ordinal);
    }

    private static bool MayRun(TokenScope scope, int activity, MergeMode mode) => mode switch
    {
        MergeMode.Stream => !Array.Exists(scope.Plan.ForwardInbound(activity), c => scope.IsWaitingAt(scope.Plan.Graph.Connections[c].Source)),
        // With one way in there is nothing to merge: a loop comes back as it likes.
        MergeMode.Merge => scope.Plan.ForwardInbound(activity) is var ways && (ways.Length <= 1 || Array.TrueForAll(ways, scope.IsWaiting)),
        MergeMode.Converge => Array.TrueForAll(scope.Plan.Inbound(activity), scope.IsWaiting),
        _ => true,
    };

    /// <summary>
    /// A streaming target that waited for a branch runs also when that branch ended another way. (Elsa looks only when a token
    /// arrives, and then never again.)
    /// </summary>
    private static void RunWhatNothingComesTo(Execution flowchart, TokenScope scope)
    {
        foreach (var target in scope.Waiting.Select(c => scope.Plan.Graph.Connections[c].Target).Distinct().ToArray())
        {
            var node = scope.Plan.Graph.Activities[target];
            var waits = !flowchart.Children.Exists(c => c.Node == node) && MergeModes.Of(node, flowchart) == MergeMode.Stream;
            if (waits && MayRun(scope, target, MergeMode.Stream)) flowchart.Schedule(node);
        }
    }
}
