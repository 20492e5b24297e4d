namespace FlowEngine.Workflows.Flow;

/// <summary>
/// Tokens that wait at the ends of connections. A blocked one swallows the next that comes by its connection: another branch
/// has won the race for its target.
/// </summary>
internal sealed class TokenScope(FlowPlan plan) : FlowScope(plan)
{
    private readonly List<int> waiting = [];
    private readonly HashSet<int> blocked = [];

    /// <summary>Connections with a token that its target has not consumed, in order of arrival; one entry for each token.</summary>
    public List<int> Waiting => waiting;

    public HashSet<int> Blocked => blocked;

    public bool IsWaiting(int connection) => waiting.Contains(connection);

    public bool IsWaitingAt(int activity)
    {
        foreach (var connection in waiting)
        {
            if (Plan.Graph.Connections[connection].Target == activity) return true;
        }

        return false;
    }

    /// <summary>The activity has run: what had come to it is used up.</summary>
    public void Consume(int activity) => waiting.RemoveAll(c => Plan.Graph.Connections[c].Target == activity);

    /// <summary>The activity was cancelled: nothing comes from it or waits for it any more.</summary>
    public void Forget(int activity)
    {
        waiting.RemoveAll(c => Touches(c, activity));
        blocked.RemoveWhere(c => Touches(c, activity));
    }

    /// <summary>A loop begins anew at the activity: races behind it are open again, whoever won the last round.</summary>
    public void ReopenRacesBehind(int activity) => blocked.RemoveWhere(c =>
    {
        var target = Plan.Graph.Connections[c].Target;
        return target == activity || Plan.Ancestors(target).Contains(activity);
    });

    private bool Touches(int connection, int activity)
    {
        var (source, target, _) = Plan.Graph.Connections[connection];
        return source == activity || target == activity;
    }
}
