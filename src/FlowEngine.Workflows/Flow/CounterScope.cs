namespace FlowEngine.Workflows.Flow;

/// <summary>
/// How far one execution of a flowchart has come: visits of each activity and connection, and whether a connection was
/// last followed. A connection counts as newly visited while it was visited more often than its target.
/// </summary>
internal sealed class CounterScope(FlowPlan plan) : FlowScope(plan)
{
    private readonly FlowPlan plan = plan;
    private readonly int[] activityVisits = new int[plan.Graph.Activities.Length];
    private readonly int[] connectionVisits = new int[plan.Graph.Connections.Length];
    private readonly bool[] followed = new bool[plan.Graph.Connections.Length];

    public int[] ActivityVisits => activityVisits;

    public int[] ConnectionVisits => connectionVisits;

    public bool[] Followed => followed;

    public void VisitActivity(int activity) => activityVisits[activity]++;

    public void VisitConnection(int connection, bool isFollowed)
    {
        connectionVisits[connection]++;
        followed[connection] = isFollowed;
    }

    /// <summary>The join behind this connection already ran for this visit.</summary>
    public bool IsSpent(int connection, int target) => connectionVisits[connection] <= activityVisits[target];

    public bool AllVisited(int activity)
    {
        foreach (var connection in plan.ForwardInbound(activity))
        {
            if (connectionVisits[connection] <= activityVisits[activity]) return false;
        }

        return true;
    }

    /// <summary>Whether all connections were followed in the latest round that came to the activity by any.</summary>
    public bool AllFollowed(int activity)
    {
        var round = LatestRound(activity);
        foreach (var connection in plan.ForwardInbound(activity))
        {
            if (connectionVisits[connection] != round || !followed[connection]) return false;
        }

        return true;
    }

    /// <summary>Whether one was.</summary>
    public bool AnyFollowed(int activity)
    {
        var round = LatestRound(activity);
        foreach (var connection in plan.ForwardInbound(activity))
        {
            if (connectionVisits[connection] == round && followed[connection]) return true;
        }

        return false;
    }

    private int LatestRound(int activity)
    {
        var round = 0;
        foreach (var connection in plan.ForwardInbound(activity)) round = Math.Max(round, connectionVisits[connection]);
        return round;
    }
}
